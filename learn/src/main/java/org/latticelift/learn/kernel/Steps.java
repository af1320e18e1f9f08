package org.latticelift.learn.kernel;

/**
 * Steps of trajectories.
 *
 * @param length at most so long, scaled time
 * @param scheme how each is made
 */
public record Steps(double length, StepScheme scheme) {
  /**
   * As in the paper ({@code length}: at most so long, scaled time); steps of Euler-Maruyama
   * (ME-77).
   */
  public static Steps euler(double length) {
    return new Steps(length, StepScheme.EULER);
  }
}
