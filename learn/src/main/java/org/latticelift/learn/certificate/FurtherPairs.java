package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.EnumMap;
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

  /** Of a system that another program has run. */
  public static final FurtherPairs ELSEWHERE = elsewhere();

  private static FurtherPairs elsewhere() {
    Map<Check, String> skipped = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      skipped.put(check, "the samples were made elsewhere, and have no evolutions of this kind");
    }
    return new FurtherPairs(Map.of(), skipped);
  }

  public FurtherPairs {
    files = Map.copyOf(files);
    skipped = Map.copyOf(skipped);
  }
}
