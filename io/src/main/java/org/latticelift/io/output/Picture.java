package org.latticelift.io.output;

/**
 * An SVG picture and what stands below it.
 *
 * @param svg the document
 * @param caption text, also for readers that show no pictures
 */
public record Picture(String svg, String caption) {}
