package org.latticelift.learn.sde;

import java.util.Arrays;

/**
 * Some of the states that a model was trained at, which tell how far a prediction is from them
 * (EX-50). A quench passes through states of a high temperature at a low one, of which no pair may
 * know anything.
 *
 * @param scaled states of each condition, [conditions][n,d], scaled variables
 * @param variables d
 */
public record TrainedStates(float[][] scaled, int variables) {
  /** Nothing is known, as of models of older versions. */
  public static final TrainedStates UNKNOWN = new TrainedStates(new float[0][], 1);

  private static final double QUANTILE = 0.99;

  /**
   * Whether anything is known.
   *
   * @return false for models of older versions
   */
  public boolean known() {
    return scaled.length > 0;
  }

  /**
   * How far single states are from their nearest neighbour at most, but for one in a hundred.
   *
   * @return one distance per condition, scaled variables
   */
  public double[] spacing() {
    return Arrays.stream(scaled).mapToDouble(this::spacing).toArray();
  }

  private double spacing(float[] states) {
    int n = states.length / variables;
    double[] nearest = new double[n];
    for (int i = 0; i < n; i++) {
      double[] state = new double[variables];
      for (int v = 0; v < variables; v++) {
        state[v] = states[i * variables + v];
      }
      nearest[i] = nearest(states, state, i);
    }
    Arrays.sort(nearest);
    return nearest[(int) (QUANTILE * (n - 1))];
  }

  /**
   * The distance to the nearest state of a condition.
   *
   * @param condition its index
   * @param state d scaled variables
   * @return in scaled variables
   */
  public double distance(int condition, double[] state) {
    return nearest(scaled[condition], state, -1);
  }

  private double nearest(float[] states, double[] state, int but) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < states.length / variables; i++) {
      double square = 0;
      for (int v = 0; v < variables; v++) {
        double off = states[i * variables + v] - state[v];
        square += off * off;
      }
      if (i != but && square < least) {
        least = square;
      }
    }
    return Math.sqrt(least);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainedStates states
        && variables == states.variables
        && Arrays.deepEquals(scaled, states.scaled);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(scaled) + variables;
  }

  @Override
  public String toString() {
    return scaled.length + " conditions";
  }
}
