package org.latticelift.learn.train;

import java.util.OptionalDouble;
import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.sde.Transition;
import org.latticelift.learn.train.Epsilon.DriftVariates;
import org.latticelift.learn.train.LearningSchedule.Optimiser;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.TrainConfig.Kappa;

/**
 * The key {@code train}: how the SDE is trained.
 *
 * <p>The defaults are those that found the drift in the fewest epochs on noisy synthetic pairs
 * (mean increments 1e-3 to 1e-1 of the noise): a high rate that falls along a cosine, small
 * batches, and a moving average of the weights. A lower rate leaves the drift of the slowest
 * temperature far from converged after the same epochs.
 */
public record TrainConfig(
    @Part Estimator estimator,
    @Default("auto") @Range(min = 1) @Doc("passes over the pairs; auto: 60, and at least 600 steps")
        AutoNumber epochs,
    @Default("512") @Range(min = 1) @Doc("pairs per step") int batch,
    @Part Optimiser optimiser,
    @Part Sampling sampling,
    @Default("auto") @Doc("auto (java on the CPU, djl on a GPU), java or djl")
        TrainingEngine engine,
    @Default("auto") @Doc("auto (the GPU where the engine is djl and there is one), cpu or gpu")
        TrainingDevice device,
    @Default("10") @Range(min = 1) @Doc("epochs between checkpoints") int checkpointEpochs) {

  /** The share of the pairs that each of several models has (EX-31). */
  private static final double HALF = 0.5;

  /** The keys below {@code train} that preset {@code authors} sets (AL-82, ME-71, DI-17). */
  public static final String AUTHORS =
      "{epsilon: 1e-4, epochs: 300, batch: 1024, average: 0, schedule: authors, learning_rate:"
          + " 1e-3, min_learning_rate: 5e-6, patience: 20, validation_fraction: 0, kappa: K,"
          + " drift_variates: off, symmetries: none, models: 1, resample: none, gradient_limit: 0}";

  private boolean resampled() {
    return sampling.models > 1 && sampling.resample == Resample.GROUPS;
  }

  /** Pairs of one model, about. */
  double pairsOfModel(double all) {
    return all * (resampled() ? HALF : 1 - sampling.validationFraction);
  }

  /** Settings of the training of each model. */
  TrainSettings settings(double all) {
    return settingsOf(pairsOfModel(all));
  }

  /** Settings of the training of a model with so many pairs. */
  TrainSettings settingsOf(double ofModel) {
    return new TrainSettings(Epochs.of(epochs, ofModel, batch), batch, optimiser, checkpointEpochs);
  }

  /** Of what, and how, the loss is made. */
  public record Estimator(
      @Default("auto")
          @Doc(
              "factor on the model covariance in the loss for one patch: K = number of patches, a"
                  + " number, measured, or auto")
          Kappa kappa,
      @Default("auto")
          @Doc(
              "the generator as control variate of the drift: auto (where pairs know it), on or off")
          DriftVariates driftVariates,
      @Default("auto")
          @Doc("auto: every pair also as its mirror image, where there is one; or none")
          Symmetries symmetries,
      @Default("increment")
          @Doc(
              "state after: state before plus mean change of the patches, one_patch, or naive: patch;"
                  + " or patch: both states are those of the patch")
          PairForm pairs,
      @Default("euler")
          @Doc(
              "what an increment says of the drift: euler (the state stays where it is meanwhile, as in"
                  + " the paper) or midpoint (it moves, by the flow that the pairs show)")
          Transition transition,
      @Default("auto")
          @Doc(
              "constant on the diagonal of the covariance in the loss; auto: 1e-6 of the median"
                  + " variance")
          Epsilon epsilon) {
    /**
     * What the states before and after are taken to be (ME-17, ME-18, EX-01); independent of kappa
     * (ME-21).
     */
    public enum PairForm {
      /** The state before plus the mean change of the patches that evolved. */
      INCREMENT,
      /** The state before plus the change of the first patch alone. */
      ONE_PATCH,
      /**
       * The first patch after its evolution, which differs from the whole by more than a change.
       */
      NAIVE,
      /**
       * The first patch before and after its evolution: the equation of a small system, whose noise
       * over sqrt K is that of the large one with {@code kappa: K} (EX-34).
       */
      PATCH;

      /** Whether the states are those of a patch, so that whole increments say nothing of them. */
      boolean ofPatch() {
        return this == NAIVE || this == PATCH;
      }
    }

    /** Whether pairs are also trained on as the symmetries of the system show them (EX-05). */
    public enum Symmetries {
      /** Every pair and its mirror image, where the system has one. */
      AUTO,
      /** The pairs as they were made. */
      NONE
    }
  }

  /** Which pairs each of the models has. */
  public record Sampling(
      @Default("8")
          @Range(min = 1, max = 1000)
          @Doc("independent trainings; their spread is the error bar of predictions, 1 has none")
          int models,
      @Default("groups")
          @Doc("groups: each of several models has half of the groups of pairs; or none: all pairs")
          Resample resample,
      @Default("0.1")
          @Range(min = 0, max = 0.9)
          @Doc("share of the pairs, in whole groups, that is held out to watch the loss")
          double validationFraction) {}

  /**
   * How often a training goes through the pairs: a number, or {@code auto} for 60 times, and more
   * where these are fewer than 600 steps, as the weights of few pairs are far from any minimum
   * then. Of far more steps the diffusion of few pairs becomes that of these very pairs.
   */
  static final class Epochs {
    private static final int MANY_PAIRS = 60;
    private static final int FEWEST_STEPS = 600;

    private Epochs() {}

    /** The number for a training ({@code batch}: pairs per step), at least 1. */
    static int of(AutoNumber wanted, double pairs, int batch) {
      double steps = Math.max(1, Math.ceil(pairs / batch));
      return wanted.orElse((int) Math.max(MANY_PAIRS, Math.ceil(FEWEST_STEPS / steps)));
    }
  }

  /**
   * The factor on the model covariance in the loss, for pairs of one patch: {@code K} for the
   * number of patches stored with the pairs (DI-01), a positive number, {@code measured} from joint
   * evolutions (EX-03), or {@code auto}: measured where the pairs have joint evolutions, else K.
   *
   * @param rule how it is found
   * @param number of rule {@link Rule#NUMBER}
   */
  public record Kappa(Rule rule, OptionalDouble number) {
    /** How the factor is found. */
    public enum Rule {
      /** Measured if it can be, else K. */
      AUTO,
      /** The number of patches. */
      K,
      /** From joint evolutions. */
      MEASURED,
      /** As given. */
      NUMBER;

      private String text() {
        return this == K ? "K" : name().toLowerCase(java.util.Locale.ROOT);
      }
    }

    /** Reads the key ({@code node}: {@code auto}, {@code K}, {@code measured} or a number). */
    public static Kappa fromConfig(ConfigNode node) {
      for (Rule rule : new Rule[] {Rule.AUTO, Rule.K, Rule.MEASURED}) {
        if (node.isWord(rule.text())) {
          return new Kappa(rule, OptionalDouble.empty());
        }
      }
      double value = node.number();
      if (!(value > 0)) {
        throw node.wrongType("K (the number of patches), measured, auto or a number > 0");
      }
      return new Kappa(Rule.NUMBER, OptionalDouble.of(value));
    }

    public ConfigNode toConfig() {
      String text = rule == Rule.NUMBER ? "" + number.getAsDouble() : rule.text();
      return ConfigNode.parse(text, "train.kappa");
    }

    /** Whether the factors are to be measured. */
    boolean measured(boolean possible) {
      return rule == Rule.MEASURED || rule == Rule.AUTO && possible;
    }

    /** The factor for one patch where it is not measured. */
    double resolve(double patches) {
      return number.orElse(patches);
    }
  }
}
