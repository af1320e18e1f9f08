/** The command line: one class per command, and the options they share. */
package org.latticelift.app.cli;
