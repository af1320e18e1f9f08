package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** Late means need a prediction that has forgotten its start. */
final class ShortPrediction implements Advice {
  private static final double ADVISED = 8;

  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    return resolved
        .get("ensemble")
        .find("horizon")
        .filter(ConfigNode::isMapping)
        .flatMap(horizon -> horizon.find("relaxations"))
        .filter(given -> given.number() < ADVISED)
        .map(
            given ->
                "ensemble.horizon is "
                    + given.text()
                    + " relaxation times: late means still know the start, and 8 are advised. Set"
                    + " ensemble.horizon={relaxations: 8} or more");
  }
}
