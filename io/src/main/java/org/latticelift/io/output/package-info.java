/** What people and other programs read: tables (terminal, HTML, CSV), figures (SVG, PNG), pages. */
package org.latticelift.io.output;
