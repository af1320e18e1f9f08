package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** Without an embedding the equation does not know its condition. */
final class OneEquationForAll implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    ConfigNode conditions = resolved.get("conditions");
    boolean several =
        conditions.keys().stream()
            .map(conditions::get)
            .anyMatch(values -> values.isSequence() && values.items().size() > 1);
    return several && resolved.get("sde").get("embedding").integer() == 0
        ? Optional.of(
            "several conditions and sde.embedding 0: one equation is fitted to all of them, as if"
                + " they were the same. Set sde.embedding to 6, or make a run for each condition")
        : Optional.empty();
  }
}
