package org.latticelift.learn.report;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;

/**
 * The configuration section {@code report}.
 *
 * @param png whether plots are also written as PNG, which needs fonts on the machine
 * @param svg whether plots are also written as SVG files; the page holds them anyway
 */
public record ReportConfig(
    @Default("true") @Doc("Write every plot as PNG too; needs fonts on the machine.") boolean png,
    @Default("true") @Doc("Write every plot as an SVG file too.") boolean svg) {}
