package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** A preset that brings a kappa tuned by hand (DI-27), where the theorem has K. */
final class PresetKappa implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    ConfigNode kappa = resolved.get("train").get("kappa");
    boolean own = user.find("train").flatMap(train -> train.find("kappa")).isPresent();
    boolean preset = user.find("preset").isPresent();
    return preset && !own && !kappa.text().equals("K")
        ? Optional.of(
            "train.kappa is "
                + kappa.text()
                + ", from the preset, which was tuned by hand for its lattice and temperature: the"
                + " learned diffusion scales with 1/kappa. Set train.kappa=K for other ones")
        : Optional.empty();
  }
}
