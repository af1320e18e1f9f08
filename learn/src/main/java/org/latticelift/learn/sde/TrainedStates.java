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
  private static final int SHARE = 16;

  /** Whether anything is known. */
  public boolean known() {
    return scaled.length > 0;
  }

  /**
   * How far single states are from their neighbours at most, but for one in a hundred, as {@link
   * #distance} has it.
   *
   * @return one distance per condition, scaled variables
   */
  public double[] spacing() {
    return Arrays.stream(scaled).mapToDouble(this::spacing).toArray();
  }

  private double spacing(float[] states) {
    double[] near = new double[states.length / variables];
    double[] known = new double[variables];
    double[] state = new double[variables];
    for (int i = 0; i < near.length; i++) {
      for (int v = 0; v < variables; v++) {
        state[v] = states[i * variables + v];
      }
      near[i] = near(states, state, known, i);
    }
    Arrays.sort(near);
    return near[(int) (QUANTILE * (near.length - 1))];
  }

  /**
   * The distance to a neighbour among the states of a condition: of many states not the nearest
   * one, as many may be of one record and lie together, but the last of the nearest {@value
   * #SHARE}th of them.
   *
   * @param uncertain how well each of them is known: so far it may be nearer
   */
  public double distance(int condition, double[] state, double[] uncertain) {
    return near(scaled[condition], state, uncertain, -1);
  }

  private double near(float[] states, double[] state, double[] uncertain, int but) {
    int n = states.length / variables;
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      for (int v = 0; v < variables; v++) {
        double off = Math.max(0, Math.abs(states[i * variables + v] - state[v]) - uncertain[v]);
        squares[i] += off * off;
      }
    }
    if (but >= 0) {
      squares[but] = Double.POSITIVE_INFINITY;
    }
    Arrays.sort(squares);
    return Math.sqrt(squares[Math.max(1, n / SHARE) - 1]);
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
