package org.latticelift.io.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;

/** Finds the known key that a misspelt one probably means. */
public final class NearestKey {
  private static final int TOLERANCE = 3;

  private NearestKey() {}

  /**
   * The nearest word ({@code key}: as it was written; {@code known}: words that exist); empty where
   * none is near.
   */
  public static Optional<String> of(String key, Collection<String> known) {
    String wanted = key.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit(key))
        .min(
            Comparator.<String>comparingInt(
                    candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int limit(String key) {
    return Math.min(key.length() - 1, Math.max(TOLERANCE, key.length() / 2));
  }

  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }

  /** The error for a key that nobody reads, wherever keys stand: in records, or in maps. */
  public static final class UnknownKey {
    private UnknownKey() {}

    /**
     * The error, with the known key that was probably meant.
     *
     * @param key as it was written
     * @param where position and path of the mapping
     * @param known all keys that are allowed there
     * @return the error, exit code 65
     */
    public static LatticeLiftException error(String key, String where, Collection<String> known) {
      return LatticeLiftException.badData(
          "unknown key '" + key + "'",
          where,
          "allowed: " + String.join(", ", known),
          remedy(key, known));
    }

    private static String remedy(String key, Collection<String> known) {
      if (key.contains(":")) {
        return "YAML needs a space after a colon: '" + key.replaceFirst(":", ": ") + "'";
      }
      return NearestKey.of(key, known)
          .map(nearest -> "Did you mean '" + nearest + "'?")
          .orElse("Remove it");
    }
  }
}
