package org.latticelift.learn.train;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Key;
import org.latticelift.io.config.Range;
import org.latticelift.learn.sde.DiffusionMode;
import org.latticelift.learn.sde.DiffusionSpec;
import org.latticelift.learn.sde.DriftKind;
import org.latticelift.learn.sde.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture;

/**
 * The key {@code sde}: what the latent SDE looks like.
 *
 * @param variables train the independent observables and recover the others by sum rules (DI-23),
 *     or all
 * @param embedding size of the temperature embedding (ME-61); 0 = no dependence on temperature
 * @param drift drift network
 * @param diffusion diffusion matrix
 * @param scaling of the variables: deviation, range (ME-64) or none
 * @param timeUnit noise (equal noise per unit at every condition), authors (AL-95), duration, the
 *     mean duration of the pairs, physical, the unit of the files, or a number of that (ME-66)
 */
public record SdeConfig(
    @Default("independent") @Doc("trained are the observables that sum rules leave free, or all")
        Variables variables,
    @Default("6")
        @Range(min = 0, max = 64)
        @Doc(
            "numbers that a network makes of the condition, so that one equation holds for all; 0: the equation does not know the condition")
        int embedding,
    @Default("{}") @Doc("drift network") Drift drift,
    @Default("{}") @Doc("diffusion matrix") Diffusion diffusion,
    @Default("deviation")
        @Doc("deviation: mean 0 and deviation 1; range: all but the first from 0 to 1; or none")
        VariableScaling scaling,
    @Default("noise")
        @Doc(
            "unit of time of the equation at each condition. noise: increments are equally noisy at all conditions; duration: mean duration of a pair; physical: unit of the files; a number of that; authors: 2016.1 durations")
        TimeUnit timeUnit) {

  /** The keys below {@code sde} that preset {@code authors} sets (AL-80, AL-95). */
  public static final String AUTHORS =
      "{variables: all, scaling: none, time_unit: authors,"
          + " drift: {initial: orthogonal}, diffusion: {lower: false}}";

  /** Which observables are trained. */
  public enum Variables {
    /** Those that the sum rules leave free. */
    INDEPENDENT,
    /** Every observable. */
    ALL
  }

  /** How the Onsager matrix starts. */
  public enum Start {
    /** M = I. */
    IDENTITY,
    /** A random orthogonal matrix (ME-59). */
    ORTHOGONAL
  }

  /**
   * The key {@code sde.drift}.
   *
   * @param type onsager (ME-50), plain (ME-44) or linear (LC-05)
   * @param hidden widths of the hidden layers
   * @param potBeta beta of the potential (ME-54)
   * @param dissipation c_d (ME-57)
   * @param forcing with external force (ME-58)
   * @param initial start of the Onsager matrix
   */
  public record Drift(
      @Default("onsager")
          @Doc("onsager (a potential and matrices), plain network, or linear (a z + b)")
          DriftKind type,
      @Doc("widths of the hidden layers; default 32, 32 (onsager) or 64, 64, 64 (plain)")
          Optional<List<Integer>> hidden,
      @Default("0.5")
          @Range(min = 0)
          @Doc("onsager: factor of the squares of the variables in the potential")
          double potBeta,
      @Key("c_d") @Default("0.1") @Range(min = 0) @Doc("onsager: constant part of the dissipation")
          double dissipation,
      @Default("true") @Doc("onsager: a force beside the potential") boolean forcing,
      @Default("identity")
          @Doc("onsager: how its matrix starts, as the identity or a random orthogonal one")
          Start initial) {

    DriftSpec spec() {
      return switch (type) {
        case LINEAR -> DriftSpec.linear();
        case PLAIN -> new DriftSpec(type, hidden.orElse(List.of(64, 64, 64)), 0, 0, false, false);
        case ONSAGER ->
            new DriftSpec(
                type,
                hidden.orElse(List.of(32, 32)),
                potBeta,
                dissipation,
                forcing,
                initial == Start.IDENTITY);
      };
    }
  }

  /**
   * The key {@code sde.diffusion}.
   *
   * @param mode form of the matrix (ME-46)
   * @param hidden widths of the hidden layers
   * @param lower lower triangular with positive diagonal (DI-37), which keeps the determinant from
   *     changing its sign and trains far more reliably; false = no restriction (ME-48)
   * @param initial initial value of the constant modes
   */
  public record Diffusion(
      @Default("arbitrary") @Doc("full matrix or diagonal, that depends on the state or not")
          DiffusionMode mode,
      @Default("[64, 64]") @Doc("widths of the hidden layers") List<Integer> hidden,
      @Default("true")
          @Doc(
              "lower triangle with a positive diagonal, which trains more reliably than any matrix")
          boolean lower,
      @Default("0.5") @Doc("initial value of the constant modes") double initial) {

    DiffusionSpec spec(double scale) {
      return new DiffusionSpec(mode, hidden, lower, initial, scale);
    }
  }

  /** Finds networks that cannot be made before there are pairs to train them on. */
  void check() {
    drift.spec();
    diffusion.spec(1);
  }

  SdeArchitecture architecture(int dimension, Scalings.Choice choice) {
    boolean conditioned = drift.type() != DriftKind.LINEAR || diffusion.mode().network();
    return new SdeArchitecture(
            dimension,
            conditioned ? embedding : 0,
            drift.spec(),
            diffusion.spec(Math.sqrt(choice.level())))
        .fitted(choice.scaling());
  }
}
