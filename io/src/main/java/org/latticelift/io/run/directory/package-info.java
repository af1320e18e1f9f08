/**
 * The folder of a run: results are written beside, checksummed and renamed, so that a final name
 * never holds half a file.
 */
package org.latticelift.io.run.directory;
