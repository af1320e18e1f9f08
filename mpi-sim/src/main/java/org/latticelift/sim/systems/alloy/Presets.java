package org.latticelift.sim.systems.alloy;

/** What {@code preset: authors} stands for: the behaviour of the authors' public code. */
final class Presets {
  /**
   * AL-60...AL-75 with their jump counts (7 and 124), the fixed order and epsilon of DI-21 and
   * DI-22, and the observables of DI-47 and DI-55.
   */
  static final String AUTHORS =
      """
      simulate: {sampling: events}
      lattice: {observables: [{pair: {reference: equimolar}}], measure: tile_mean}
      barrier: {order: authors, bn_epsilon: 1.0e-5}
      upsample: {hierarchy: direct, tiles: independent, window: 10, vacancies: tile_centres}
      relax: {windows: shifted, environment: periodic, duration: {events: 7}}
      evolve: {environment: periodic, duration: {events: 124}, clock: mean, patch_observable: own}
      """;

  private Presets() {}
}
