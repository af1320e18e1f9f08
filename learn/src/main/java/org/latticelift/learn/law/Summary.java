package org.latticelift.learn.law;

import java.util.Arrays;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.sde.SdeModel;

/** Means of the models and halves of their 95 % intervals, by observable. */
record Summary(double[] mean, double[] half) {
  /** Of a state of each model ({@code states}: scaled). */
  static Summary of(SdeModel model, double[][] states) {
    int m = model.map().observables().size();
    double[] physical = new double[states[0].length];
    double[] full = new double[m];
    double[][] values = new double[m][states.length];
    for (int k = 0; k < states.length; k++) {
      for (int v = 0; v < physical.length; v++) {
        physical[v] = model.scaling().toPhysical(v, states[k][v]);
      }
      model.map().expand(physical, full);
      for (int c = 0; c < m; c++) {
        values[c][k] = full[c];
      }
    }
    Summary summary = new Summary(new double[m], new double[m]);
    double[] noise = new double[states.length];
    for (int c = 0; c < m; c++) {
      summary.mean[c] = Arrays.stream(values[c]).average().orElseThrow();
      summary.half[c] = Uncertainty.of(values[c], noise, model.resampling()).halfWidth();
    }
    return summary;
  }
}
