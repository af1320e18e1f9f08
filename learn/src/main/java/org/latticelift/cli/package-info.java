/** The command line: one class per command. The only package that may see all others. */
package org.latticelift.cli;
