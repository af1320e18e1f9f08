package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** Without direct runs no verdict is possible. */
final class NothingToCompare implements Advice {
  private static final String VERDICT = ": predictions are compared with nothing. ";

  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    if (user.find("experiment").isPresent()) {
      return Optional.empty();
    }
    if (user.find("direct").isEmpty()) {
      return Optional.of(
          "no section direct"
              + VERDICT
              + "Add one, of a smaller lattice where lattice.large is too dear, before you trust"
              + " predictions");
    }
    return Optional.empty();
  }
}
