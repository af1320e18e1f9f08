package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/** One thing that an expert would look at in a configuration. */
interface Advice {
  /**
   * Looks at a configuration.
   *
   * @param user what the user wrote
   * @param resolved the same with presets and defaults
   * @return what is doubtful and what to do, one line; empty if nothing is
   */
  Optional<String> about(ConfigNode user, ConfigNode resolved);
}
