/** Progress of long work: bars on a terminal, plain lines in a log, or nothing. */
package org.latticelift.io.run.progress;
