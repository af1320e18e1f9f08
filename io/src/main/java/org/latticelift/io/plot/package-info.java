/**
 * Figures as SVG and PNG: lines, bands and points with error bars on linear or logarithmic axes.
 * The renderer is our own because a batch machine must get its report: chart libraries for Java
 * measure text with the platform's fonts and fail where fontconfig is missing, while the SVG of
 * this package needs no font at all; and its output is equal for equal data.
 */
package org.latticelift.io.plot;
