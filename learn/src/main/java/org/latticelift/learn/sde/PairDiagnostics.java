package org.latticelift.learn.sde;

import org.latticelift.learn.sde.SdeModel.FastestRates;

/**
 * What a training found out about its pairs and its equation.
 *
 * @param patches M, the patches that an increment is the mean of (EX-01)
 * @param noiseLeft share of the noise of the increments that control variates or means of
 *     evolutions leave, for each condition and variable (EX-05); empty without them
 * @param kappaError standard error of each kappa; empty where kappa was not measured (EX-03)
 * @param states some of the states before
 * @param transition what increments were taken to say of the drift
 * @param fastestRates of the equation at each condition ({@link FastestRates}); empty where not
 *     known
 */
public record PairDiagnostics(
    long patches,
    double[][] noiseLeft,
    double[] kappaError,
    TrainedStates states,
    Transition transition,
    double[] fastestRates) {
  /** One patch, no variates, kappa as given. */
  public static final PairDiagnostics PLAIN =
      new PairDiagnostics(1, new double[0][], new double[0]);

  /**
   * Without states.
   *
   * @param patches M, the patches that an increment is the mean of
   * @param noiseLeft for each condition and variable; empty without variates
   * @param kappaError of each kappa; empty where it was not measured
   */
  public PairDiagnostics(long patches, double[][] noiseLeft, double[] kappaError) {
    this(patches, noiseLeft, kappaError, TrainedStates.UNKNOWN, Transition.EULER, new double[0]);
  }

  /**
   * The same with the rates of the equation.
   *
   * @param rates one for each condition
   */
  public PairDiagnostics withFastestRates(double[] rates) {
    return new PairDiagnostics(patches, noiseLeft, kappaError, states, transition, rates);
  }
}
