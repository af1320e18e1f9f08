package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** Order against an equimolar random alloy (AL-51) in an alloy that is not equimolar. */
final class UnequalComposition implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    ConfigNode lattice = resolved.get("lattice");
    boolean unequal =
        lattice
            .find("composition")
            .filter(
                parts ->
                    parts.keys().stream().mapToDouble(k -> parts.get(k).number()).distinct().count()
                        > 1)
            .isPresent();
    boolean equimolar =
        lattice.find("observables").filter(o -> o.toYaml().contains("equimolar")).isPresent();
    return unequal && equimolar
        ? Optional.of(
            "lattice.observables counts against an equimolar alloy, lattice.composition is not: order"
                + " parameters would not be 0 in a random alloy. Leave out 'reference: equimolar', or"
                + " set lattice.observables=[pair]")
        : Optional.empty();
  }
}
