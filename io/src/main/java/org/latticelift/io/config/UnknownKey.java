package org.latticelift.io.config;

import java.util.Collection;
import org.latticelift.io.error.LatticeLiftException;

/** The error for a key that nobody reads, wherever keys stand: in records, or in maps. */
public final class UnknownKey {
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
