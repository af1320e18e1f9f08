package org.latticelift.sim.system;

/**
 * The result of evolving one patch of a large state (ME-12, ME-17).
 *
 * @param patch index of the patch, 0 to K - 1
 * @param before observables of the patch before
 * @param increment change of the observables of the patch; the full latent state becomes z +
 *     increment
 * @param events number of events
 * @param time duration
 * @param blocked fraction of the events that the environment refused (ghost and buffer), else 0
 * @param compensator integral of b(x) over the evolution, where b(x) is the sum over all events
 *     that this evolution allows of rate times change of the observables of the patch, or the
 *     deterministic part of a step; the increment minus it has mean zero whatever the state was
 *     (Dynkin's formula, EX-05); empty unless asked for
 */
public record PartialEvolution(
    long patch,
    double[] before,
    double[] increment,
    long events,
    double time,
    double blocked,
    double[] compensator) {
  private static final double[] NONE = {};

  /**
   * Without a compensator.
   *
   * @param patch index of the patch
   * @param before observables of the patch before
   * @param increment change of the observables of the patch
   * @param events number of events
   * @param time duration
   * @param blocked fraction of the events that the environment refused
   */
  public PartialEvolution(
      long patch, double[] before, double[] increment, long events, double time, double blocked) {
    this(patch, before, increment, events, time, blocked, NONE);
  }
}
