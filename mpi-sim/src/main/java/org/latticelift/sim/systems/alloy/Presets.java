package org.latticelift.sim.systems.alloy;

/** What {@code preset: authors} stands for, the behaviour of the authors' public code; defaults. */
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
      upsample: {hierarchy: direct, tiles: independent, window: 10, vacancies: tile_centres, draw: random}
      relax: {windows: shifted, environment: periodic, duration: {events: 7}}
      evolve: {environment: periodic, duration: {events: 124}, clock: mean, patch_observable: own}
      """;

  /** As many pairs of the path to equilibrium as of equilibrium (EX-57). */
  static final String DRAW = "{upsample: {draw: mixed}}";

  /**
   * Large states are tiles, each of which goes on as its small run did (EX-41, EX-55): what
   * surrounds an evolving patch would stand still meanwhile, which in a good part of a relaxation
   * is not true, and copies of one tile scatter as the small system does, which bends what they
   * show of the drift. Nothing is evolved twice, and no more is known than the small runs show.
   */
  static final String DEFAULTS =
      """
      upsample: {draw: mixed, tiles: independent}
      relax: {windows: none}
      evolve: {environment: periodic, closed_patch: run}
      train: {transition: midpoint, batch: 128}
      """;

  /** Until version 0.2.0. */
  static final String EARLIER =
      """
      lattice: {observables: [pair]}
      upsample: {draw: random, tiles: replicate}
      relax: {windows: overlapping}
      evolve: {environment: whole, closed_patch: vacancy, duration: auto}
      train: {transition: euler, batch: 512}
      """;

  private Presets() {}
}
