/** Errors that a user can act on, and the exit codes of the command line. */
package org.latticelift.io.error;
