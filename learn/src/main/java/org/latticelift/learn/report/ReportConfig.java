package org.latticelift.learn.report;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;

/**
 * The configuration section {@code report}.
 *
 * @param png whether plots are also written as PNG, which needs fonts on the machine
 * @param svg whether plots are also written as SVG files; the page holds them anyway
 * @param beside folder of another run with other conditions, drawn in the same figures
 */
public record ReportConfig(
    @Default("true") @Doc("Write every plot as PNG too; needs fonts on the machine.") boolean png,
    @Default("true") @Doc("Write every plot as an SVG file too.") boolean svg,
    @Doc(
            "folder of another run of the same observables; its conditions are drawn in the figures"
                + " against the condition, too")
        Optional<InputFile> beside) {}
