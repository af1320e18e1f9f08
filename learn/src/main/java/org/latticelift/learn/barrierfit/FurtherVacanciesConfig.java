package org.latticelift.learn.barrierfit;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * Further vacancies in the environment of a vacancy.
 *
 * @param probability that an environment has any
 * @param min fewest, where there are any
 * @param max most
 * @param decay how the weight of a site falls with its shell n: n to the power of minus this
 */
public record FurtherVacanciesConfig(
    @Doc("probability that an environment has further vacancies")
        @Default("0")
        @Range(min = 0, max = 1)
        double probability,
    @Doc("fewest vacancies, where there are any") @Default("1") @Range(min = 1, max = 100) int min,
    @Doc("most vacancies") @Default("4") @Range(min = 1, max = 100) int max,
    @Doc("the weight of a site of shell n is n to the power of minus this")
        @Default("0")
        @Range(min = 0, max = 10)
        double decay) {

  /**
   * Checks the range.
   *
   * @param probability that an environment has any
   * @param min fewest, where there are any
   * @param max most
   * @param decay how the weight of a site falls with its shell n: n to the power of minus this
   */
  public FurtherVacanciesConfig {
    if (max < min) {
      throw new IllegalArgumentException("max " + max + " is below min " + min);
    }
  }

  void apply(EnvironmentGeometry geometry, byte[] codes, int at, RandomStream stream) {
    if (stream.uniform() >= probability) {
      return;
    }
    int count = Math.min(min + stream.below(max - min + 1), geometry.sites());
    for (int placed = 0; placed < count; ) {
      int site = stream.below(geometry.sites());
      double weight = StrictMath.pow(geometry.shellOf(site), -decay);
      if (codes[at + site] != 0 && stream.uniform() < weight) {
        codes[at + site] = 0;
        placed++;
      }
    }
  }
}
