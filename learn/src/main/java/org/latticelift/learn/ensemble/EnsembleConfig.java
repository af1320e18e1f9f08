package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;

/** The key {@code ensemble}: what is predicted. */
public record EnsembleConfig(
    @Default("100") @Range(min = 1) @Doc("trajectories of each model at each condition")
        int trajectories,
    @Part Times times,
    @Part Where where,
    @Default("false")
        @Doc(
            "store every trajectory, not just means and quantiles; evaluate then compares distributions")
        boolean keepTrajectories,
    @Default("error") @Doc("a trajectory that diverges is an error, or is dropped and counted")
        Divergence onDivergence,
    @Default("1")
        @Range(min = 0, max = 1000)
        @Doc("factor on the diffusion matrix sigma; not 1 to ask what rescaling alone does")
        double diffusionFactor,
    @Default("java") @Doc("java, or nd4j where it is installed") EnsembleEngine engine,
    @Default("cpu") @Doc("cpu, or gpu with the engine nd4j") EnsembleDevice device) {

  private static final double[] LEVELS = {0.05, 0.25, 0.5, 0.75, 0.95};

  /**
   * Some trajectories of another size than the large one, on the processor.
   *
   * @param start observables at the beginning, [m]
   * @param horizon in units of time of the model
   * @param noise factor on the diffusion matrix
   */
  public static EnsembleConfig sized(
      int trajectories, int records, Steps steps, double[] start, double horizon, double noise) {
    List<Double> observables = Arrays.stream(start).boxed().toList();
    return new EnsembleConfig(
        trajectories,
        new Times(Horizon.relaxations(horizon), steps.length(), steps.scheme(), records),
        new Where(
            new InitialState(observables, Optional.empty(), OptionalDouble.empty()),
            Optional.empty(),
            true),
        false,
        Divergence.DROP,
        noise,
        EnsembleEngine.JAVA,
        EnsembleDevice.CPU);
  }

  /** The kernel of engine and device, whose device has not been checked yet. */
  public EnsembleKernel kernel() {
    return EnsembleKernels.load(engine(), device());
  }

  /** How time is cut. */
  public Steps steps() {
    return new Steps(times.step, times.scheme);
  }

  EnsembleSize size(int models, int observables, int block) {
    return new EnsembleSize(models, trajectories, times.records, observables, LEVELS.length, block);
  }

  /** What is predicted; those of {@code ensemble.conditions}, or these. */
  public double[] predicted(double[] trained) {
    return where
        .conditions
        .map(c -> c.values().stream().mapToDouble(Double::doubleValue).toArray())
        .orElse(trained);
  }

  /**
   * Checks that the predicted conditions are of the varied parameter and lie in the trained range,
   * unless that is not asked for.
   */
  public void requireRange(String parameter, double[] trained) {
    requireParameter(parameter, where.conditions.map(PredictedConditions::parameter), "conditions");
    requireParameter(parameter, where.initial.parameter(), "initial");
    double lowest = Arrays.stream(trained).min().orElse(0);
    double highest = Arrays.stream(trained).max().orElse(Double.POSITIVE_INFINITY);
    for (double value : predicted(trained)) {
      if (lowest > 0 && !(value > 0)) {
        throw LatticeLiftException.badData(
            parameter + " " + value,
            "ensemble.conditions." + parameter,
            "a number above 0, as the trained ones are",
            "Correct the value");
      }
      if (!where.allowExtrapolation && !(value >= lowest && value <= highest)) {
        throw LatticeLiftException.badData(
            "a prediction at " + value,
            "ensemble.conditions." + parameter,
            "the trained range, " + lowest + " to " + highest,
            "Change it, or set ensemble.allow_extrapolation: true");
      }
    }
  }

  private static void requireParameter(String varied, Optional<String> named, String key) {
    if (named.filter(name -> !name.equals(varied)).isPresent()) {
      throw LatticeLiftException.badData(
          "unknown key '" + named.get() + "'", "ensemble." + key, varied, "Correct the key");
    }
  }

  static double[] levels() {
    return LEVELS.clone();
  }

  /**
   * The key {@code ensemble.conditions}: the parameter that is varied and its values, such as
   * {@code {temperature_K: [1000, 1200]}}.
   *
   * @param parameter name of the parameter
   * @param values all different
   */
  public record PredictedConditions(String parameter, List<Double> values) {
    /** Reads the key ({@code node}: a mapping with one list). */
    public static PredictedConditions fromConfig(ConfigNode node) {
      if (!node.isMapping() || node.keys().size() != 1) {
        throw node.wrongType("the parameter under 'conditions' with a list of values");
      }
      String parameter = node.keys().get(0);
      List<Double> values = new ArrayList<>();
      for (ConfigNode item : node.get(parameter).items()) {
        if (values.contains(item.number())) {
          throw LatticeLiftException.badData(
              parameter + " " + item.number() + " twice",
              item.where(),
              "different values",
              "Remove one");
        }
        values.add(item.number());
      }
      if (values.isEmpty()) {
        throw LatticeLiftException.badData(
            "no condition to predict",
            node.get(parameter).where(),
            "at least one value",
            "Add one, or leave the key out for the trained ones");
      }
      return new PredictedConditions(parameter, List.copyOf(values));
    }

    public ConfigNode toConfig() {
      return ConfigNode.parse("{" + parameter + ": " + values + "}", "ensemble.conditions");
    }
  }

  /**
   * How many numbers the trajectories of one condition are. An array holds all of them, and another
   * one the bytes of a block.
   *
   * @param models parameter sets
   * @param trajectories per parameter set
   * @param records stored states including the first
   * @param observables of a state
   * @param levels stored quantiles
   * @param block trajectories that are integrated together
   */
  record EnsembleSize(
      int models, int trajectories, int records, int observables, int levels, int block) {
    private static final double LONGEST = Integer.MAX_VALUE - 8;

    private static final int BYTES_PER_STATISTIC = 8;

    /** Refuses what no array can hold. */
    void require() {
      if (longest() > LONGEST) {
        throw LatticeLiftException.badData(
            trajectories
                + " trajectories of "
                + models
                + " models with "
                + records
                + " records of "
                + observables
                + " observables",
            "ensemble.trajectories, ensemble.records",
            "models x trajectories x records x observables, records x observables x quantiles and"
                + " the bytes of a block of trajectories below 2^31",
            "Lower one of them");
      }
    }

    /** Products of such numbers exceed what an integer holds; a double is precise enough here. */
    private double longest() {
      double state = (double) records * observables;
      double bytesOfBlock = (double) Float.BYTES * Math.min(block, trajectories);
      double statistics = Math.max(levels, models);
      return state * Math.max((double) models * trajectories, Math.max(bytesOfBlock, statistics));
    }

    /** Bytes of all trajectories of a condition and of their statistics. */
    double memory() {
      double state = (double) records * observables;
      double values = (double) models * trajectories * Float.BYTES;
      return state * (values + (double) BYTES_PER_STATISTIC * (levels + 2L * models + 2));
    }
  }

  /** How time goes on, and when states are stored. */
  public record Times(
      @Default("{relaxations: 10}")
          @Doc(
              "how long: {time_s: T}, {time: T}, also by condition, such as {time_s: {1000: 2e-4, 2000: 1e-5}}, or {relaxations: R}: R units of time of the equation, each about a relaxation time with sde.time_unit: noise")
          Horizon horizon,
      @Default("0.005")
          @Range(min = 0, minOpen = true, max = 1000)
          @Doc("time step, in units of time of the equation (sde.time_unit)")
          double step,
      @Default("euler")
          @Doc(
              "euler (Euler-Maruyama), or runge_kutta: three drifts for each step, which may then be ten times longer")
          StepScheme scheme,
      @Default("201") @Range(min = 2) @Doc("times that are stored, the start included")
          int records) {}

  /** Where trajectories start, and at which conditions. */
  public record Where(
      @Default("random")
          @Doc(
              "where trajectories start: random (as initial states of the large system), {observables: [...]}, or the equilibrium means at another condition, {temperature_K: T}")
          InitialState initial,
      @Doc("conditions to predict, such as temperature_K: [1000]; default those trained")
          Optional<PredictedConditions> conditions,
      @Default("false") @Doc("accept conditions outside the trained range")
          boolean allowExtrapolation) {}
}
