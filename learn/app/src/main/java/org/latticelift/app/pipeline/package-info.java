/**
 * Configurations turned into stages, and stages run in a run directory: the whole method from Java,
 * without a command line.
 */
package org.latticelift.app.pipeline;
