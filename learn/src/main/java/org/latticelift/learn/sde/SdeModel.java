package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
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

  /** The same model that knows how fast it is, with {@link FastestRates} among its diagnostics. */
  public SdeModel withFastestRates() {
    return new SdeModel(
        architecture,
        models,
        scaling,
        map,
        history,
        factors,
        epsilon,
        diagnostics.withFastestRates(FastestRates.of(this)),
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
   * How stiff an equation is: the largest eigenvalue, in modulus, of the derivative of its drift.
   * Far from equilibrium it is several times that of equilibrium (the alloy of random atoms at 1000
   * K: 16 against 2.5 per unit of time), and a step that is long for it diverges.
   *
   * <p>Looked at are the start and some states of the training at every trained condition, one
   * state in a hundred left out. Derivatives are central differences of the drift, {@value #CHANGE}
   * scaled units to both sides.
   */
  public static final class FastestRates {
    private static final int STATES = 64;
    private static final double QUANTILE = 0.99;
    private static final float CHANGE = 0.01f;

    private final SdeModel model;
    private final int d;

    private FastestRates(SdeModel model) {
      this.model = model;
      this.d = model.architecture().dimension();
    }

    /**
     * Measures them; one for each trained condition, the largest of its parameter sets, per unit of
     * scaled time; NaN where the drift is not finite.
     */
    public static double[] of(SdeModel model) {
      FastestRates rates = new FastestRates(model);
      return IntStream.range(0, model.scaling().condition().length)
          .mapToDouble(rates::at)
          .toArray();
    }

    private double at(int condition) {
      return model.models().stream()
          .mapToDouble(parameters -> at(condition, parameters))
          .max()
          .orElseThrow();
    }

    private double at(int condition, SdeParameters parameters) {
      double value = model.scaling().condition()[condition];
      Drift drift = new Drift(SdeKernel.batched(model.architecture(), parameters, value, 2 * d), d);
      double atStart = drift.rate(start());
      TrainedStates states = model.diagnostics().states();
      if (!states.known()) {
        return atStart;
      }
      int known = states.scaled()[condition].length / d;
      int count = Math.min(STATES, known);
      double[] rates =
          IntStream.range(0, count)
              .map(i -> (int) ((long) i * known / count))
              .mapToDouble(
                  i -> drift.rate(Arrays.copyOfRange(states.scaled()[condition], i * d, i * d + d)))
              .sorted()
              .toArray();
      return Math.max(atStart, rates[(int) (QUANTILE * (count - 1))]);
    }

    private float[] start() {
      float[] scaled = new float[d];
      int[] trained = model.map().independent();
      for (int v = 0; v < d; v++) {
        scaled[v] = (float) model.scaling().toScaled(v, model.map().start()[trained[v]]);
      }
      return scaled;
    }

    /** The drift of one parameter set at one condition. */
    private static final class Drift {
      private final SdeKernel kernel;
      private final int d;
      private final float[][] z;
      private final float[][] mu;
      private final float[][] sigma;

      Drift(SdeKernel kernel, int d) {
        this.kernel = kernel;
        this.d = d;
        z = new float[d][2 * d];
        mu = new float[d][2 * d];
        sigma = new float[d * d][2 * d];
      }

      /** The largest eigenvalue of its derivative. */
      double rate(float[] state) {
        for (int v = 0; v < d; v++) {
          Arrays.fill(z[v], state[v]);
          z[v][2 * v] += CHANGE;
          z[v][2 * v + 1] -= CHANGE;
        }
        kernel.evaluate(2 * d, z, mu, sigma);
        double[][] derivative = new double[d][d];
        for (int i = 0; i < d; i++) {
          for (int v = 0; v < d; v++) {
            double difference = (double) mu[i][2 * v] - mu[i][2 * v + 1];
            derivative[i][v] = difference / ((double) z[v][2 * v] - z[v][2 * v + 1]);
            if (!Double.isFinite(derivative[i][v])) {
              return Double.NaN;
            }
          }
        }
        return Arrays.stream(
                new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(derivative))
                    .getEigenvalues())
            .mapToDouble(Complex::norm)
            .max()
            .orElseThrow();
      }
    }
  }

  /**
   * What a training recorded per epoch.
   *
   * @param loss mean training loss
   * @param validationLoss mean validation loss; NaN without validation pairs
   * @param learningRate rate of the last step
   */
  public record TrainingHistory(double[] loss, double[] validationLoss, double[] learningRate) {}

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
}
