package org.latticelift.learn.train;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.PairDiagnostics;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * What is trained, and on what: the estimator that a configuration and its pairs make. All models
 * have the same shape and scaling, which are found from all pairs; where they are resampled, each
 * has its own half of the pairs.
 */
final class TrainingDesign {
  private final TrainConfig train;
  private final TrainingPairs content;
  private final Streams streams;
  private final TrainingData all;
  private final SdeArchitecture architecture;
  private final Scalings.Choice choice;
  private final Resampling resampling;
  private final TrainingProblem shared;

  private TrainingDesign(SdeConfig sde, TrainConfig train, TrainingPairs content, Streams streams) {
    this.train = train;
    this.content = content;
    this.streams = streams;
    this.resampling = resampling(train, content);
    this.all =
        TrainingData.of(
            train,
            content,
            pairs ->
                Splitter.split(pairs, train.validationFraction(), streams.stream(Purpose.SPLIT)),
            UnaryOperator.identity());
    this.choice =
        Scalings.choose(
                all.increments().training(), factors().mean(), sde.scaling(), sde.timeUnit())
            .in(content.quantities());
    this.architecture = sde.architecture(content.pairs().variables(), choice);
    this.shared = problem(all);
  }

  /**
   * Designs the training.
   *
   * @param streams of the run
   */
  static TrainingDesign of(
      SdeConfig sde, TrainConfig train, TrainingPairs content, Streams streams) {
    return new TrainingDesign(sde, train, content, streams);
  }

  private static Resampling resampling(TrainConfig train, TrainingPairs content) {
    int units = HalfSamples.fewest(content.pairs());
    if (train.resample() == Resample.NONE || train.models() == 1 || units < 2) {
      return Resampling.none(train.models());
    }
    return new Resampling(HalfSamples.halves(train.models()), content.unit(), units);
  }

  private TrainingProblem problem(TrainingData data) {
    return data.problem(choice.scaling(), architecture, content.evolved(), train.epsilon());
  }

  /**
   * What one model is fitted to.
   *
   * @param model its number
   * @return all pairs, or its half of them
   */
  TrainingProblem problem(int model) {
    if (!resampling.resampled()) {
      return shared;
    }
    int half = resampling.resample()[model];
    return problem(
        TrainingData.of(
            train,
            content,
            pairs ->
                HalfSamples.draw(
                    pairs,
                    train.validationFraction(),
                    half,
                    streams.stream(Purpose.RESAMPLE, half)),
            joint -> HalfSamples.ofSingle(joint, streams.stream(Purpose.RESAMPLE, half, 1))));
  }

  SdeArchitecture architecture() {
    return architecture;
  }

  Scalings.Choice choice() {
    return choice;
  }

  Resampling resampling() {
    return resampling;
  }

  /** kappa of each variable from all pairs. */
  CovarianceFactors factors() {
    return all.factors();
  }

  /** Constant on the diagonal, scaled variables. */
  double epsilon() {
    return train
        .epsilon()
        .resolve(ScaledPairs.of(all.increments().training(), choice.scaling(), architecture));
  }

  /** What was found out about the pairs. */
  PairDiagnostics diagnostics() {
    return new PairDiagnostics(
        content.evolved(),
        all.variates()
            ? ControlVariate.noiseLeft(all.increments().training(), all.targets().training())
            : new double[0][],
        all.measured() != null ? all.measured().error() : new double[0],
        StateSample.of(content.pairs(), choice.scaling()),
        train.transition(),
        new double[0]);
  }

  /** Whether patches move as the whole does; empty without joint evolutions of such pairs. */
  Optional<WholeDrift> wholeDrift() {
    return content.joint().count() == 0 || train.pairs().ofPatch()
        ? Optional.empty()
        : Optional.of(WholeDrift.of(all.targets().training(), content.joint()));
  }

  /** What a user should know of it: one line for each condition and for kappa; none if plain. */
  List<String> remarks() {
    return TrainingRemarks.of(this, content);
  }
}
