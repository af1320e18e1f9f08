package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.sim.system.MacroscopicMap;

/** Lines that say how the pairs of a training are used, for its progress. */
final class TrainingRemarks {
  private TrainingRemarks() {}

  static List<String> of(TrainingDesign design, TrainingPairs content) {
    List<String> lines = new ArrayList<>();
    double[][] left = design.diagnostics().varianceLeft();
    for (int c = 0; c < left.length; c++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s leave of the variance at %s = %s: %s",
              content.means() == null ? "control variates" : "means of evolutions",
              content.quantities().parameter(),
              number(content.pairs().temperature()[c]),
              each(content.map(), left[c])));
    }
    double[] error = design.diagnostics().kappaError();
    if (error.length > 0) {
      double[] kappa = design.factors().kappa();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < kappa.length; i++) {
        double factor = content.evolved();
        values.add(
            String.format(
                Locale.ROOT,
                "%s %.3g(%.2g)",
                name(content.map(), i),
                kappa[i] * factor,
                error[i] * factor));
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "kappa of one patch, measured with %d joint evolutions: %s (K = %s)",
              content.joint().count(),
              String.join(", ", values),
              number(content.patches())));
    }
    return lines;
  }

  private static String each(MacroscopicMap map, double[] values) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      texts.add(String.format(Locale.ROOT, "%s %.2f", name(map, i), values[i]));
    }
    return String.join(", ", texts);
  }

  private static String name(MacroscopicMap map, int variable) {
    return map.observables().get(map.independent()[variable]);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "" + (long) value : "" + value;
  }
}
