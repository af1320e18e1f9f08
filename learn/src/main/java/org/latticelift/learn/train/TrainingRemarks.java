package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.train.ControlVariate.WholeDrift;
import org.latticelift.learn.train.PairReader.Facts;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * What a user should know of the samples of a training.
 *
 * @param samples all of them
 * @param joint number of joint evolutions
 * @param whole what these say of the drift; empty where there are none to compare with
 */
record TrainingRemarks(
    Facts facts,
    PairSet samples,
    PairDiagnostics found,
    CovarianceFactors factors,
    int joint,
    Optional<WholeDrift> whole) {

  /** One line for each condition and for kappa; none of plain samples. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    double[][] left = found.noiseLeft();
    for (int c = 0; c < left.length; c++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s leave of the noise at %s = %s: %s",
              samples.target().length == 0 ? "control variates" : "means of evolutions",
              facts.quantities().parameter(),
              number(samples.values()[c]),
              each(left[c])));
    }
    if (found.kappaError().length > 0) {
      lines.add(kappa(found.kappaError()));
    }
    whole.ifPresent(drift -> warn(drift, lines));
    return lines;
  }

  private String kappa(double[] error) {
    double[] factor = factors.kappa();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < factor.length; i++) {
      double one = facts.evolved();
      values.add(
          String.format(Locale.ROOT, "%s %.3g(%.2g)", name(i), factor[i] * one, error[i] * one));
    }
    return String.format(
        Locale.ROOT,
        "kappa of one patch, measured with %d joint evolutions: %s (K = %s)",
        joint,
        String.join(", ", values),
        number(facts.patches()));
  }

  private void warn(WholeDrift drift, List<String> lines) {
    for (int i = 0; i < drift.ratio().length; i++) {
      if (drift.differs(i)) {
        lines.add(
            String.format(
                Locale.ROOT,
                "warning: as a whole states move %.3g(%.1g) times as fast in %s as their patches"
                    + " say, whose surroundings are too near for so long: widen the buffer or"
                    + " shorten evolve.duration; diagnose says what it changes",
                drift.ratio()[i],
                drift.error()[i],
                name(i)));
      }
    }
  }

  private String each(double[] values) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      texts.add(String.format(Locale.ROOT, "%s %.2f", name(i), values[i]));
    }
    return String.join(", ", texts);
  }

  private String name(int variable) {
    MacroscopicMap map = facts.map();
    return map.observables().get(map.independent()[variable]);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "" + (long) value : "" + value;
  }
}
