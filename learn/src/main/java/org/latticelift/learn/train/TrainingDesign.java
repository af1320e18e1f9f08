package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.Flow;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.Transition;
import org.latticelift.learn.train.ControlVariate.KappaEstimate;
import org.latticelift.learn.train.ControlVariate.WholeDrift;
import org.latticelift.learn.train.Epsilon.DriftVariates;
import org.latticelift.learn.train.PairReader.Facts;
import org.latticelift.learn.train.PairSet.HalfSamples;
import org.latticelift.learn.train.PairSet.Split;
import org.latticelift.learn.train.SdeConfig.Scalings;
import org.latticelift.learn.train.TrainConfig.Estimator.Symmetries;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.lift.RunHalves;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * What is trained, and on what: the estimator that a configuration and its samples make. All models
 * have the same shape and scaling, which are found from all samples; where they are resampled, each
 * has its own half of them. On its way from the file to the kernel a sample is in the columns of
 * {@link PairsFile}, in a {@link PairSet} (the trained variables, physical units), and in a row of
 * the {@link Samples} of a {@link TrainingProblem} (scaled, training apart from validation).
 */
final class TrainingDesign {
  /** States of each condition that go with a model, at most; with fewer than so many none do. */
  private static final int MOST_STATES = 256;

  private static final int FEWEST_STATES = 20;

  private final TrainConfig train;
  private final Streams streams;
  private final Facts facts;
  private final PairSet stored;
  private final PairSet samples; // as the transition has them
  private final PairSet joint;
  private final Split split;
  private final PairSet training;
  private final KappaEstimate kappa;
  private final Scalings.Choice choice;
  private final SdeArchitecture architecture;
  private final Resampling resampling;
  private final Optional<DriftBaseline> baseline;

  /** Designs the training on the samples of a file, which is not needed afterwards. */
  TrainingDesign(SdeConfig sde, TrainConfig train, PairsFile file, Streams streams) {
    this.train = train;
    this.streams = streams;
    PairReader reader =
        new PairReader(
            file, sde.variables() == SdeConfig.Variables.INDEPENDENT, train.estimator().pairs());
    this.facts = reader.facts();
    PairSet stored = reader.samples();
    PairSet whole = reader.joint(); // its images would not make kappa any surer
    int[] signs = file.mirror();
    PairSet read =
        train.estimator().symmetries() == Symmetries.AUTO && signs.length > 0
            ? stored.withMirrorImages(
                Arrays.stream(facts.map().independent()).map(i -> signs[i]).toArray())
            : stored;
    Optional<Flow> flow =
        train.estimator().transition() == Transition.MIDPOINT
            ? Optional.of(read.flow())
            : Optional.empty();
    this.stored = read;
    this.samples = flow.map(read::turned).orElse(read);
    this.joint = flow.map(whole::turned).orElse(whole);
    this.resampling = drawn();
    this.split =
        Split.of(samples, train.sampling().validationFraction(), streams.stream(Purpose.SPLIT));
    this.training = variates(split).apply(samples.select(split.training()));
    this.kappa = kappa(training, joint);
    Scalings.Choice first =
        Scalings.choose(
            training, kappa.factors().mean(), sde.scaling(), sde.timeUnit(), facts.quantities());
    Optional<Baseline> form = sde.architecture(samples.variables(), first).polynomial();
    this.choice =
        sde.timeUnit().byNoise()
            ? form.map(it -> first.slower(fitted(it, first.scaling()).noise(samples))).orElse(first)
            : first;
    this.baseline = form.map(it -> fitted(it, choice.scaling()));
    this.architecture =
        sde.architecture(samples.variables(), choice).with(baseline.map(DriftBaseline::form));
  }

  private DriftBaseline fitted(Baseline form, SdeScaling scaling) {
    return DriftBaseline.of(
        form,
        scaling,
        variates(split).apply(samples),
        stored,
        splits(),
        IntStream.range(0, resampling.models()).mapToObj(this::ofModel).toList());
  }

  /** What is fitted and what is held out, for each resample, or once. */
  private List<Split> splits() {
    return resampling.resampled()
        ? Arrays.stream(resampling.resample()).distinct().mapToObj(this::resample).toList()
        : List.of(split);
  }

  private Split resample(int half) {
    return facts.halves().count() > 0
        ? HalfSamples.ofHalf(samples, half)
        : HalfSamples.draw(
            samples,
            train.sampling().validationFraction(),
            half,
            streams.stream(Purpose.RESAMPLE, half));
  }

  private Resampling drawn() {
    int models = train.sampling().models();
    RunHalves runs = facts.halves();
    if (runs.count() > 0 && models > 1 && train.sampling().resample() != Resample.NONE) {
      requireEveryHalf(runs);
      int[] halves = Arrays.stream(HalfSamples.halves(models)).map(runs::ofResample).toArray();
      return new Resampling(halves, facts.unit(), runs.blocks());
    }
    int units = HalfSamples.fewest(samples);
    return train.sampling().resample() == Resample.NONE || models == 1 || units < 2
        ? Resampling.none(models)
        : new Resampling(HalfSamples.halves(models), facts.unit(), units);
  }

  private void requireEveryHalf(RunHalves runs) {
    if (samples.count() < runs.count() * samples.values().length) {
      throw LatticeLiftException.badData(
          samples.count() + " training samples of all conditions",
          "evolve.samples",
          "at least " + runs.count() + ", one of each half of the small runs",
          "Raise evolve.samples, or set train.resample to none");
    }
  }

  /** What takes predictable noise off the targets, if anything does. */
  private UnaryOperator<PairSet> variates(Split chosen) {
    boolean known = samples.martingales() > 0;
    if (train.estimator().driftVariates() == DriftVariates.ON && !known) {
      throw LatticeLiftException.badData(
          "control variates without integrated drifts in the training samples",
          "train.drift_variates",
          "auto, off, or pairs with train.pairs: increment of a system that knows its generator",
          "Set train.drift_variates to auto, or evolve.compensator to auto and make the pairs again");
    }
    return known && train.estimator().driftVariates() != DriftVariates.OFF
        ? new ControlVariate(samples.select(chosen.training()))::apply
        : UnaryOperator.identity();
  }

  private KappaEstimate kappa(PairSet chosen, PairSet whole) {
    boolean possible = whole.count() > 0 && !train.estimator().pairs().ofPatch();
    if (!train.estimator().kappa().measured(possible)) {
      double given = train.estimator().kappa().resolve(facts.patches()) / facts.evolved();
      return KappaEstimate.given(given, samples.variables());
    }
    if (!possible) {
      throw LatticeLiftException.badData(
          "kappa cannot be measured: the pairs have no joint evolutions, or are naive or of a patch",
          "train.kappa",
          "K, a number, auto, or measured with evolve.joint above 0 and pairs of increments",
          "Set evolve.joint and make the pairs again, or set train.kappa to K");
    }
    return KappaEstimate.measured(chosen, whole);
  }

  /** What one model is fitted to; all samples, or its half of them. */
  TrainingProblem problem(int model) {
    if (!resampling.resampled()) {
      return problem(split, joint, model);
    }
    int half = resampling.resample()[model];
    PairSet whole = HalfSamples.ofSingle(joint, streams.stream(Purpose.RESAMPLE, half, 1));
    return problem(resample(half), whole, model);
  }

  private TrainingProblem problem(Split chosen, PairSet whole, int model) {
    UnaryOperator<PairSet> variates = variates(chosen);
    PairSet part = variates.apply(samples.select(chosen.training()));
    PairSet held = variates.apply(samples.select(chosen.validation()));
    Noise noise = part.noise();
    Samples fitted = scaled(part, noise, model);
    double[] constants = new double[part.variables()];
    Arrays.fill(constants, epsilon(part.twins()));
    CovarianceFactors factors = kappa(part, whole).factors();
    LossCovariance form =
        noise == Noise.TWINS // differences of twins are those of one patch
            ? new LossCovariance(factors.times(facts.evolved()), constants, fitted.rates())
            : new LossCovariance(factors, constants);
    return new TrainingProblem(
        noise, form, fitted, scaled(held, noise, model), baseline.isPresent());
  }

  /** Scaled samples, whose increments are those that the polynomial of a model leaves. */
  private Samples scaled(PairSet pairs, Noise noise, int model) {
    PairSet left = baseline.map(fitted -> fitted.left(pairs, model)).orElse(pairs);
    return scaled(left, noise, choice.scaling(), network());
  }

  private PairSet ofModel(int model) {
    Split chosen = resampling.resampled() ? resample(resampling.resample()[model]) : split;
    return variates(chosen).apply(samples.select(chosen.training()));
  }

  /** A model from its trained network: with the noise of its residuals, and its polynomial. */
  SdeParameters finished(SdeParameters network, int model) {
    if (baseline.isEmpty()) {
      return network;
    }
    PairSet pairs = ofModel(model);
    Samples calm = scaled(pairs.select(baseline.get().calm(pairs, model)), pairs.noise(), model);
    NoiseFit noise = new NoiseFit(network(), problem(model), calm);
    float[] trained = (noise.applies() ? noise.refitted(network) : network).flat();
    float[] fitted = baseline.get().parameters(model);
    float[] both = Arrays.copyOf(trained, trained.length + fitted.length);
    System.arraycopy(fitted, 0, both, trained.length, fitted.length);
    return SdeParameters.of(architecture, both);
  }

  /** What is trained by gradients: the equation without its polynomial. */
  SdeArchitecture network() {
    return architecture.with(Optional.empty());
  }

  /** Pairs that each model is trained on, about. */
  double pairsOfModel() {
    return facts.halves().count() > 0 && resampling.resampled()
        ? (double) samples.count() / facts.halves().count()
        : train.pairsOfModel(samples.count());
  }

  /**
   * Samples in the scaled variables and time of a model. The mean of k runs counts as one run that
   * goes on k times as long by k times as much: its squared residual is then divided by the
   * variance of the mean, and the drift is the same.
   */
  static Samples scaled(
      PairSet pairs, Noise noise, SdeScaling scaling, SdeArchitecture architecture) {
    float[] increment = increments(pairs.targets(), scaling);
    float[] fluctuation =
        switch (noise) {
          case RESIDUALS -> new float[0];
          case RESTORED -> increments(pairs, scaling);
          case TWINS -> increments(pairs.twins(), scaling);
        };
    float[] state = new float[increment.length];
    for (int at = 0; at < state.length; at++) {
      state[at] = (float) scaling.toScaled(at % pairs.variables(), pairs.z0()[at]);
      if (noise == Noise.RESTORED) {
        fluctuation[at] -= increment[at];
      }
    }
    double[] unit = new double[pairs.values().length];
    Arrays.setAll(unit, c -> scaling.timeUnit(pairs.values()[c], false));
    float[] duration = new float[pairs.count()];
    float[] condition = new float[pairs.count()];
    for (int k = 0; k < duration.length; k++) {
      int c = pairs.condition()[k];
      duration[k] = (float) (pairs.dt()[k] / unit[c] * pairs.runs(k));
      condition[k] = (float) architecture.input(pairs.values()[c]);
    }
    return Samples.of(pairs.variables(), state, increment, fluctuation, duration, condition);
  }

  private static float[] increments(PairSet pairs, SdeScaling scaling) {
    float[] scaled = new float[pairs.z0().length];
    for (int at = 0; at < scaled.length; at++) {
      double width = scaling.deviation()[at % pairs.variables()];
      double increment = (pairs.z1()[at] - pairs.z0()[at]) / width;
      scaled[at] = (float) (increment * pairs.runs(at / pairs.variables()));
    }
    return scaled;
  }

  private double epsilon(PairSet pairs) {
    return train.estimator().epsilon().resolve(() -> medianVariance(pairs, choice.scaling()));
  }

  /**
   * Median over the variables of the variance of the scaled increments of all samples, the measure
   * behind the relative epsilon of DI-02.
   */
  static double medianVariance(PairSet pairs, SdeScaling scaling) {
    int d = pairs.variables();
    float[] increments = increments(pairs, scaling);
    double[] mean = new double[d];
    double[] square = new double[d];
    for (int at = 0; at < increments.length; at++) {
      double x = increments[at];
      mean[at % d] += x / pairs.count();
      square[at % d] += x * x / pairs.count();
    }
    double[] variance = new double[d];
    Arrays.setAll(variance, i -> square[i] - mean[i] * mean[i]);
    Arrays.sort(variance);
    int half = d / 2;
    return d % 2 == 1 ? variance[half] : 0.5 * (variance[half - 1] + variance[half]);
  }

  int count() {
    return samples.count();
  }

  /** From the trained variables to all observables. */
  MacroscopicMap map() {
    return facts.map();
  }

  SdeArchitecture architecture() {
    return architecture;
  }

  SdeScaling scaling() {
    return choice.scaling();
  }

  Resampling resampling() {
    return resampling;
  }

  /** kappa of each variable from all samples. */
  CovarianceFactors factors() {
    return kappa.factors();
  }

  /** Constant on the diagonal, scaled variables. */
  double epsilon() {
    return epsilon(training);
  }

  /** What was found out about the samples. */
  PairDiagnostics diagnostics() {
    return new PairDiagnostics(
        facts.evolved(),
        training.target().length > 0 ? ControlVariate.noiseLeft(training) : new double[0][],
        kappa.error(),
        states(),
        train.estimator().transition(),
        new double[0]);
  }

  /**
   * Some states of the samples, which go with a model and tell what is far from all of them: as
   * many of every condition, at equal distances in the list of its samples.
   */
  private TrainedStates states() {
    List<int[]> byCondition =
        IntStream.range(0, samples.values().length).mapToObj(samples::rowsAt).toList();
    int fewest = byCondition.stream().mapToInt(each -> each.length).min().orElse(0);
    if (fewest < FEWEST_STATES) {
      return TrainedStates.UNKNOWN;
    }
    int d = samples.variables();
    int kept = Math.min(fewest, MOST_STATES);
    float[][] states = new float[byCondition.size()][kept * d];
    for (int c = 0; c < states.length; c++) {
      int[] all = byCondition.get(c);
      for (int i = 0; i < kept; i++) {
        int from = all[(int) ((long) i * all.length / kept)] * d;
        for (int v = 0; v < d; v++) {
          states[c][i * d + v] = (float) choice.scaling().toScaled(v, stored.z0()[from + v]);
        }
      }
    }
    return new TrainedStates(states, d);
  }

  TrainingRemarks remarks() {
    boolean comparable = joint.count() > 0 && !train.estimator().pairs().ofPatch();
    return new TrainingRemarks(
        facts,
        samples,
        diagnostics(),
        kappa.factors(),
        joint.count(),
        comparable ? Optional.of(WholeDrift.of(training, joint)) : Optional.empty());
  }
}
