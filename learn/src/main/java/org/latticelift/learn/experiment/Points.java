package org.latticelift.learn.experiment;

import java.util.List;

/** Points in order of the condition, of one size and series. */
record Points(double[] x, List<Measured> y) {
  double[] values() {
    return y.stream().mapToDouble(Measured::value).toArray();
  }
}
