package org.latticelift.app.advice;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** One run alone cannot show that runs forget where they began. */
final class SingleRun implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    return List.of("simulate", "direct").stream()
        .filter(
            section ->
                resolved
                    .find(section)
                    .filter(s -> s.isMapping() && s.get("runs").integer() < 2)
                    .isPresent())
        .findFirst()
        .map(
            section ->
                section
                    + ".runs is 1: nothing shows whether runs forget where they began, and errors"
                    + " rest on one record. Set "
                    + section
                    + ".runs to 4 or more");
  }
}
