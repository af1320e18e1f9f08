package org.latticelift.sim.systems.curieweiss;

import java.util.Map;

/** Presets of the Curie-Weiss model: the behaviour of the authors' public code. */
final class Presets {
  /**
   * CW-10...CW-12, CW-20, ME-66. Kappa is K by default; the baseline sets {@code train.kappa: 1}
   * and {@code train.pairs: naive}.
   */
  private static final String AUTHORS =
      """
      simulate: {sampling: events}
      upsample: {random_share: 0.5}
      relax: {patch: 16, stride: 8, coupling: isolated, duration: {events: 256}}
      evolve: {environment: ghost, auto: flips}
      sde:
        embedding: 0
        drift: {type: plain}
        diffusion: {mode: constant_diagonal, initial: 1, lower: false}
        time_unit: physical
      train: {epochs: 100, patience: 5, learning_rate: 1e-2}
      ensemble: {step: 2.7}
      """;

  /**
   * Partial evolutions are long, so predictions step as long as they last; 1.1 allows for rounding.
   */
  static final String DEFAULTS = "{sde: {time_unit: duration}, ensemble: {step: 1.1}}";

  static final Map<String, String> ALL = Map.of("authors", AUTHORS);

  private Presets() {}
}
