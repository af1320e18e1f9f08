package org.latticelift.sim.systems.ising;

import java.util.Map;

/** Presets of the Ising model: the behaviour of the authors' public code. */
final class Presets {
  /**
   * Part 1 (section III.2, Figs. 3 and 4): IS-13, IS-15, IS-21, IS-31, IS-43, IS-50, ME-66, ME-76.
   * Kappa is K by default; the baseline sets {@code train.kappa: 1}.
   */
  private static final String PART_1 =
      """
      simulate: {sampling: events}
      upsample: {states: enlarged, random_share: 0.5}
      relax: {patch: 16, stride: 8, environment: periodic, duration: {events: 256}, random_passes: 0}
      evolve: {environment: periodic, auto: flips, patch_observable: seam}
      closure: {dim: 2, epochs: 10, batch: 512, drop_last: true, learning_rate: 2e-4, amsgrad: true}
      sde:
        embedding: 0
        drift: {type: plain}
        diffusion: {hidden: [64, 64, 64], lower: false}
        scaling: range
        time_unit: duration
      train: {epochs: 100, patience: 5}
      """;

  /**
   * Part 2 (Figs. 5 and 6): PT-03, PT-11...PT-13, PT-30...PT-32, PT-40. {@link TunedTrainings} adds
   * the values of PT-45 where they exist.
   */
  private static final String PART_2 =
      """
      lattice: {dynamics: sweeps}
      upsample: {states: enlarged}
      relax: {patch: 16, stride: 8, environment: ghost, duration: {events: 256}}
      evolve: {environment: periodic, auto: flips, patch_observable: seam}
      closure: {dim: 2, epochs: 10, batch: 512, drop_last: true, learning_rate: 2e-4, amsgrad: true}
      sde:
        embedding: 0
        drift: {type: plain}
        diffusion: {hidden: [64, 64, 64], lower: false}
        scaling: range
        time_unit: duration
      train: {epochs: 200, patience: 5, learning_rate: 2e-4}
      """;

  /**
   * Large states are right near the critical temperature, too (EX-20, EX-23). Partial evolutions
   * are long, so predictions step as long as they last; 1.1 allows for rounding.
   */
  static final String DEFAULTS =
      "{upsample: {states: maxent}, sde: {time_unit: duration}, ensemble: {step: 1.1}}";

  /** The preset that has a table of tuned values. */
  static final String TUNED = "authors_phase_transition";

  static final Map<String, String> ALL = Map.of("authors", PART_1, TUNED, PART_2);

  private Presets() {}
}
