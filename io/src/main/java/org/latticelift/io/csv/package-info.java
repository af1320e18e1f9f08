/** Comma-separated values (RFC 4180), the one place that knows how cells are quoted. */
package org.latticelift.io.csv;
