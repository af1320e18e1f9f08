package org.latticelift.learn.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The key {@code compare_with} of variants: another variant whose direct runs a variant is compared
 * with, such as those of a smaller system where its own would take too long.
 */
final class ComparedWith {
  static final String KEY = "compare_with";

  private ComparedWith() {}

  /** An error where a variant names none, itself or a circle, or has the name of direct runs. */
  static void check(ConfigNode variants) {
    for (String variant : variants.keys()) {
      if (Variant.isTruth(variant)) {
        throw LatticeLiftException.badData(
            "'" + variant + "' is a name of direct runs",
            variants.get(variant).where(),
            "a name other than truth and truth-SIZE",
            "Rename the variant");
      }
      end(variants, variant);
    }
  }

  /** The last variant of the chain that begins with one. */
  static String end(ConfigNode variants, String variant) {
    Set<String> chain = new LinkedHashSet<>();
    String last = variant;
    Optional<ConfigNode> next = next(variants, last);
    while (next.isPresent()) {
      chain.add(last);
      String name = next.get().text();
      if (!variants.keys().contains(name)) {
        throw mistake("no variant '" + name + "'", next.get(), others(variants, last));
      }
      if (name.equals(last)) {
        throw mistake("'" + name + "' is compared with itself", next.get(), others(variants, last));
      }
      if (chain.contains(name)) {
        throw mistake(
            "a circle: " + String.join(", ", chain) + ", " + name,
            next.get(),
            List.of("a chain that ends at a variant without " + KEY));
      }
      last = name;
      next = next(variants, last);
    }
    return last;
  }

  private static Optional<ConfigNode> next(ConfigNode variants, String variant) {
    return variants.get(variant).find(KEY);
  }

  private static List<String> others(ConfigNode variants, String variant) {
    return variants.keys().stream().filter(name -> !name.equals(variant)).toList();
  }

  private static LatticeLiftException mistake(String what, ConfigNode at, List<String> allowed) {
    return LatticeLiftException.badData(
        what, at.where(), "one of " + allowed, "Correct " + KEY + " or leave it out");
  }
}
