package org.latticelift.learn.barrierfit;

import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.InputOrder;

/**
 * Where the barriers of a table come from.
 *
 * @param source file or model, for messages
 * @param teacher the model that gave the barriers, or what the user calls the calculations
 * @param teacherChecksum SHA-256 of the teacher's weights; empty where there is no file
 * @param order the input order the teacher was used with (AL-23)
 * @param batchNormEpsilon the epsilon the teacher was used with (AL-31)
 * @param attemptFrequency attempt frequency of each species, 1/s
 */
public record TableOrigin(
    String source,
    String teacher,
    String teacherChecksum,
    Optional<InputOrder> order,
    Optional<Double> batchNormEpsilon,
    double[] attemptFrequency) {
  private static final double DEFAULT_FREQUENCY = 1e13;

  /**
   * Calculations of which nothing but the file is known.
   *
   * @param name what to call them
   * @param species number of species; each gets the attempt frequency 1e13 1/s (AL-40)
   */
  public static TableOrigin of(String source, String name, int species) {
    double[] frequency = new double[species];
    java.util.Arrays.fill(frequency, DEFAULT_FREQUENCY);
    return new TableOrigin(source, name, "", Optional.empty(), Optional.empty(), frequency);
  }
}
