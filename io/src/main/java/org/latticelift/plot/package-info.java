/** Plots as SVG and PNG without a display: lines, bands, points with error bars, histograms. */
package org.latticelift.plot;
