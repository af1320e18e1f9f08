package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** Intervals of predictions are the spread of models that have data of their own. */
final class NoInterval implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    if (user.find("experiment").isPresent()) {
      return Optional.empty();
    }
    ConfigNode train = resolved.get("train");
    if (train.get("models").integer() == 1) {
      return Optional.of(
          "train.models is 1: predictions have no interval, and without evaluate.tolerance there is"
              + " no verdict. Set train.models to 8");
    }
    return train.get("resample").text().equals("none")
        ? Optional.of(
            "train.resample is none: models share their pairs, so that their spread is no"
                + " interval. Set train.resample to groups")
        : Optional.empty();
  }
}
