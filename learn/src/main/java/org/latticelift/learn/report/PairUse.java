package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.learn.evaluate.ResultTable;
import org.latticelift.learn.sde.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel;

/**
 * How a training used its pairs: patches, kappa, and what the control variates were worth.
 *
 * @param model what was trained
 */
record PairUse(SdeModel model) {
  /** Patches and kappa in words. */
  String sentence() {
    PairDiagnostics found = model.diagnostics();
    String patches =
        found.patches() == 1
            ? "An increment is that of one patch."
            : "An increment is the mean over " + found.patches() + " patches of a state.";
    boolean measured = found.kappaError().length > 0;
    return patches
        + " Kappa of one patch"
        + (measured ? ", measured with joint evolutions: " : ": ")
        + String.join(", ", kappas())
        + ".";
  }

  private List<String> kappas() {
    double[] kappa = model.factors().kappa();
    double[] error = model.diagnostics().kappaError();
    long patches = model.diagnostics().patches();
    if (error.length == 0 && model.factors().uniform()) {
      return List.of(String.format(Locale.ROOT, "%.4g", kappa[0] * patches));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < kappa.length; i++) {
      String text = String.format(Locale.ROOT, "%s %.3g", variable(i), kappa[i] * patches);
      texts.add(
          error.length == 0
              ? text
              : text + String.format(Locale.ROOT, " \u00b1 %.2g", error[i] * patches));
    }
    return texts;
  }

  private String variable(int i) {
    return model.map().observables().get(model.map().independent()[i]);
  }

  /**
   * The share of the noise of the increments that the control variates leave for the drift (EX-05).
   *
   * @param pairs of the conditions, by increasing parameter as the model has them
   * @return empty without variates
   */
  Optional<ResultTable> noiseLeft(List<PairStatistics> pairs) {
    double[][] left = model.diagnostics().noiseLeft();
    if (left.length == 0) {
      return Optional.empty();
    }
    List<String> header = new ArrayList<>(List.of("noise left of increments"));
    for (int i = 0; i < left[0].length; i++) {
      header.add(variable(i));
    }
    ResultTable table = new ResultTable(header.toArray(new String[0]));
    for (int c = 0; c < left.length; c++) {
      List<String> row = new ArrayList<>(List.of(condition(pairs, c)));
      for (double share : left[c]) {
        row.add(String.format(Locale.ROOT, "%.3f", share));
      }
      table.row(row.toArray(new String[0]));
    }
    return Optional.of(table);
  }

  private String condition(List<PairStatistics> pairs, int c) {
    double value = model.scaling().condition()[c];
    return pairs.stream()
        .filter(p -> p.value() == value)
        .map(PairStatistics::condition)
        .findFirst()
        .orElse("" + value);
  }
}
