package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * A trained latent SDE: one architecture, M parameter sets from independent trainings, the scaling
 * that they need, and the map to all observables.
 *
 * @param architecture shape
 * @param models M parameter sets
 * @param scaling physical to scaled variables
 * @param map trained variables to observables
 * @param history one per parameter set
 * @param factors kappa of each trained variable (ME-26, EX-03); not used in prediction
 * @param epsilon constant on the diagonal in the loss, scaled variables; not used in prediction
 * @param diagnostics what the training found out about its pairs
 * @param resampling what each parameter set was trained on
 */
public record SdeModel(
    SdeArchitecture architecture,
    List<SdeParameters> models,
    SdeScaling scaling,
    MacroscopicMap map,
    List<TrainingHistory> history,
    CovarianceFactors factors,
    double epsilon,
    PairDiagnostics diagnostics,
    Resampling resampling) {
  /**
   * Models of the same pairs, with one kappa.
   *
   * @param scaling physical to scaled variables
   * @param map trained variables to observables
   * @param history one per parameter set
   * @param epsilon constant on the diagonal in the loss, scaled variables
   */
  public SdeModel(
      SdeArchitecture architecture,
      List<SdeParameters> models,
      SdeScaling scaling,
      MacroscopicMap map,
      List<TrainingHistory> history,
      double kappa,
      double epsilon) {
    this(
        architecture,
        models,
        scaling,
        map,
        history,
        CovarianceFactors.uniform(kappa, architecture.dimension()),
        epsilon,
        PairDiagnostics.PLAIN,
        Resampling.none(models.size()));
  }

  /** The factor as one number. */
  public double kappa() {
    return factors.mean();
  }

  /** The same model with its rates ({@code rates}: fastest one for each trained condition). */
  public SdeModel withFastestRates(double[] rates) {
    return new SdeModel(
        architecture,
        models,
        scaling,
        map,
        history,
        factors,
        epsilon,
        diagnostics.withFastestRates(rates),
        resampling);
  }

  /** The first parameter sets alone; a model that has no others. */
  public SdeModel first(int few) {
    return new SdeModel(
        architecture,
        models.subList(0, few),
        scaling,
        map,
        history.subList(0, Math.min(few, history.size())),
        factors,
        epsilon,
        diagnostics,
        resampling);
  }

  /**
   * What a training recorded per epoch.
   *
   * @param validationLoss NaN without validation pairs
   * @param learningRate of the last step
   */
  public record TrainingHistory(
      @Stored(value = "mean training loss", axes = "epoch") double[] loss,
      @Stored(value = "mean validation loss", axes = "epoch") double[] validationLoss,
      @Stored(value = "learning rate", axes = "epoch") double[] learningRate) {}

  /**
   * What a training found out about its pairs and its equation.
   *
   * @param patches M, the patches that an increment is the mean of (EX-01)
   * @param noiseLeft share of the noise of the increments that control variates or means of
   *     evolutions leave, for each condition and variable (EX-05); empty without them
   * @param kappaError standard error of each kappa; empty where kappa was not measured (EX-03)
   * @param states some of the states before
   * @param transition what increments were taken to say of the drift
   * @param fastestRates of the equation at each condition (of {@code learn.kernel}); empty where
   *     not known
   */
  public record PairDiagnostics(
      long patches,
      @Stored(
              name = "training/variance_left",
              value = "share of the noise that control variates leave",
              axes = {"condition", "variable"},
              optional = true)
          double[][] noiseLeft,
      @Stored(
              name = "scaling/kappa_error",
              value = "standard error of kappa",
              axes = "variable",
              optional = true)
          double[] kappaError,
      TrainedStates states,
      Transition transition,
      @Stored(
              name = "scaling/fastest_rate",
              value = "fastest rate of the equation per unit of time",
              axes = "condition",
              optional = true)
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

    /** The same with the rates of the equation ({@code rates}: one for each condition). */
    public PairDiagnostics withFastestRates(double[] rates) {
      return new PairDiagnostics(patches, noiseLeft, kappaError, states, transition, rates);
    }
  }

  /**
   * Some of the states that a model was trained at, which tell how far a prediction is from them
   * (EX-50). A quench passes through states of a high temperature at a low one, of which no pair
   * may know anything.
   *
   * @param scaled states of each condition, [conditions][n,d], scaled variables
   * @param variables d
   */
  public record TrainedStates(
      @Stored(
              name = "training/states",
              value = "some states before of the pairs, scaled",
              axes = {"condition", "state", "variable"},
              optional = true)
          float[][] scaled,
      int variables) {
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
     * #distance} has it; one distance per condition, scaled variables.
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
     * #SHARE}th of them ({@code uncertain}: how well each of them is known: so far it may be
     * nearer).
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
      return Math.sqrt(squares[neighbours(n) - 1]);
    }

    private static int neighbours(int n) {
      return Math.max(1, n / SHARE);
    }

    /** Which of the nearest states of a condition the distance is that to, from 1. */
    public int neighbour(int condition) {
      return neighbours(scaled[condition].length / variables);
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
}
