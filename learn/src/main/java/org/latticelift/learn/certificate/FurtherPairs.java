package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.Map;

/**
 * Pairs that were made for a certificate, beside those of the run.
 *
 * @param files of pairs by check; that of {@link Check#ADDITIVITY} has joint evolutions, that of
 *     {@link Check#DURATION} may
 * @param skipped why others were not made, by check
 */
public record FurtherPairs(Map<Check, Path> files, Map<Check, String> skipped) {
  private static final String HOW = "'latticelift diagnose' makes the evolutions that show it";

  /** What the run itself has. */
  public static final FurtherPairs NONE =
      new FurtherPairs(
          Map.of(),
          Map.of(
              Check.ADDITIVITY,
              "the pairs have too few joint evolutions; " + HOW,
              Check.KAPPA,
              "the pairs have too few joint evolutions; " + HOW,
              Check.DURATION,
              HOW,
              Check.RELAXATION,
              HOW));

  /**
   * Copies both.
   *
   * @param files of pairs by check
   * @param skipped why others were not made
   */
  public FurtherPairs {
    files = Map.copyOf(files);
    skipped = Map.copyOf(skipped);
  }
}
