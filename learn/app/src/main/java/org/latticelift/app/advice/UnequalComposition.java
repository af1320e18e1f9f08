package org.latticelift.app.advice;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/**
 * Species without atoms, and order against an equimolar random alloy (AL-51) in an alloy that is
 * not equimolar.
 */
final class UnequalComposition implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    ConfigNode lattice = resolved.section("lattice");
    List<String> absent = absent(lattice);
    if (!absent.isEmpty()) {
      return Optional.of(
          "lattice.composition has no "
              + String.join(", ", absent)
              + ": leave them out of lattice.species, as nothing can be learned of their order");
    }
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

  private static List<String> absent(ConfigNode lattice) {
    Optional<ConfigNode> parts = lattice.find("composition").filter(p -> !p.keys().isEmpty());
    if (parts.isEmpty() || lattice.find("species").isEmpty()) {
      return List.of();
    }
    return lattice.get("species").items().stream()
        .map(ConfigNode::text)
        .filter(name -> parts.get().find(name).map(ConfigNode::number).orElse(0.0) == 0)
        .toList();
  }
}
