/** The commands that measure, one class each; the command line finds them by name of service. */
package org.latticelift.bench.command;
