package org.latticelift.learn.train;

/**
 * How fast large states move as a whole, over what their patches say. Patches whose buffer is too
 * narrow for the time they evolve are held back by what is frozen around them: those of 16 x 16
 * spins with a buffer of 4 move an eighth too slowly near the critical temperature in a time of
 * 128, and rightly in one of 32.
 *
 * <p>Joint evolutions are compared with the increments that a quadratic drift, fitted to the pairs,
 * expects of them.
 *
 * @param ratio by variable; 1 where patches add up
 * @param error standard error of each, of the joint evolutions alone
 */
record WholeDrift(double[] ratio, double[] error) {
  private static final double STANDARD_ERRORS = 3;
  private static final double NEGLIGIBLE = 0.05;

  /**
   * Compares.
   *
   * @param patches increments of patches
   * @param joint increments of the whole, at the conditions of the pairs
   */
  static WholeDrift of(PairSet patches, PairSet joint) {
    int d = patches.variables();
    double[] squares = new double[d];
    double[] products = new double[d];
    double[][] expected = new double[joint.count()][];
    for (int c = 0; c < patches.temperature().length; c++) {
      int[] rows = joint.rowsAt(c);
      if (rows.length > 0) {
        QuadraticDrift drift = QuadraticDrift.of(patches, patches.rowsAt(c));
        for (int k : rows) {
          expected[k] = drift.increment(joint, k);
          for (int i = 0; i < d; i++) {
            double x = expected[k][i];
            squares[i] += x * x / joint.dt()[k];
            products[i] += x * joint.increment(k, i) / joint.dt()[k];
          }
        }
      }
    }
    double[] ratio = new double[d];
    double[] error = new double[d];
    for (int i = 0; i < d; i++) {
      ratio[i] = products[i] / squares[i];
      double sum = 0;
      for (int k = 0; k < expected.length; k++) {
        double x = expected[k][i];
        double term = x * (joint.increment(k, i) - ratio[i] * x) / joint.dt()[k];
        sum += term * term;
      }
      error[i] = Math.sqrt(sum) / squares[i];
    }
    return new WholeDrift(ratio, error);
  }

  /** Whether a variable moves otherwise, beyond chance and by more than matters. */
  boolean differs(int variable) {
    double off = Math.abs(ratio[variable] - 1);
    return off > NEGLIGIBLE && off > STANDARD_ERRORS * error[variable];
  }
}
