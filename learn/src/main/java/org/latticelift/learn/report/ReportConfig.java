package org.latticelift.learn.report;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;

/**
 * The configuration section {@code report}.
 *
 * @param png whether plots are also written as PNG, which needs fonts on the machine
 * @param svg whether plots are also written as SVG files; the page holds them anyway
 * @param details whether all observables are shown, or those that are looked at first
 * @param beside folders of other runs with other conditions, drawn in the same figures; where two
 *     have a condition, the one named first counts
 */
public record ReportConfig(
    @Default("true") @Doc("Write every plot as PNG too; needs fonts on the machine.") boolean png,
    @Default("true") @Doc("Write every plot as an SVG file too.") boolean svg,
    @Default("false") @Doc("All observables, not only those that are looked at first.")
        boolean details,
    @Default("[]")
        @Doc(
            "folders of other runs of the same observables, such as [runs/cold]; their conditions"
                + " are drawn in the figures against the condition, too")
        List<InputFile> beside) {}
