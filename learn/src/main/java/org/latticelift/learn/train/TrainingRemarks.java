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
    double[][] left = design.diagnostics().noiseLeft();
    for (int c = 0; c < left.length; c++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s leave of the noise at %s = %s: %s",
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
    design.wholeDrift().ifPresent(whole -> lines.addAll(of(whole, content.map())));
    return lines;
  }

  private static List<String> of(WholeDrift whole, MacroscopicMap map) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < whole.ratio().length; i++) {
      if (whole.differs(i)) {
        lines.add(
            String.format(
                Locale.ROOT,
                "warning: as a whole states move %.3g(%.1g) times as fast in %s as their patches"
                    + " say, whose surroundings are too near for so long: widen the buffer or"
                    + " shorten evolve.duration; diagnose says what it changes",
                whole.ratio()[i],
                whole.error()[i],
                name(map, i)));
      }
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
