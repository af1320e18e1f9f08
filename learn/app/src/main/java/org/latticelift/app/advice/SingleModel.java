package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** Error bars of predictions are the spread between models. */
final class SingleModel implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    boolean one = resolved.get("train").get("models").integer() == 1;
    return one && user.find("experiment").isEmpty()
        ? Optional.of(
            "train.models is 1: the spread between models is the error bar of a prediction, and"
                + " there is none. Set train.models to 4")
        : Optional.empty();
  }
}
