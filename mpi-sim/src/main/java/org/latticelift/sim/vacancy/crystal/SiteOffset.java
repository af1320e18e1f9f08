package org.latticelift.sim.vacancy.crystal;

/**
 * The displacement from a site of a known basis position to another site.
 *
 * @param dx cells along the first axis
 * @param dy cells along the second axis
 * @param dz cells along the third axis
 * @param basis basis position of the site that is reached
 */
public record SiteOffset(int dx, int dy, int dz, int basis) {}
