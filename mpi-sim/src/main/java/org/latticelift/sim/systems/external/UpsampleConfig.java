package org.latticelift.sim.systems.external;

import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;

/** Section {@code upsample}. */
record UpsampleConfig(
    @Default("auto")
        @Doc(
            "large states are copies of a small one, small ones side by side, or built by the"
                + " worker; auto: tiles where patches are closed, else as the worker can")
        States states) {
  /** Who builds large states, of what. */
  enum States {
    AUTO,
    REPLICATE,
    TILES,
    WORKER
  }
}
