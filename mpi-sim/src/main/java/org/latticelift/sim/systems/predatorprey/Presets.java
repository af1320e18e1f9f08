package org.latticelift.sim.systems.predatorprey;

import java.util.Map;

/** Presets of the predator-prey system: the behaviour of the authors' public code. */
final class Presets {
  /** PP-12, PP-17, PP-33, PP-35, PP-39, ME-66; kappa is K by default (PP-36). */
  private static final String AUTHORS =
      """
      simulate: {runs: 50, records: 2999, duration: {time: 29.99}}
      upsample: {draw: once}
      evolve: {environment: ghost, duration: {events: 1}, samples: 150000, shard_samples: 10000}
      closure: {dim: 2, epochs: 10, batch: 256, learning_rate: 1e-4, beta2: 0.95, weight_decay: 1e-4}
      sde:
        embedding: 0
        drift: {type: plain}
        diffusion: {hidden: [64, 64, 64], lower: false}
        scaling: deviation
        time_unit: physical
      train: {epsilon: 1e-5, epochs: 100, patience: 5}
      ensemble: {step: 0.01}
      """;

  /**
   * Partial evolutions are long, so predictions step as long as they last; 1.1 allows for rounding.
   */
  static final String DEFAULTS = "{sde: {time_unit: duration}, ensemble: {step: 1.1}}";

  static final Map<String, String> ALL = Map.of("authors", AUTHORS);

  private Presets() {}
}
