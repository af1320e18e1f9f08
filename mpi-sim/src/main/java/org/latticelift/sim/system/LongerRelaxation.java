package org.latticelift.sim.system;

import org.latticelift.io.config.ConfigNode;

/**
 * Configurations whose large states are relaxed longer than those of another, so that both show
 * whether these are relaxed (EX-33).
 */
public final class LongerRelaxation {
  private static final String WINDOWS = "relax.windows";
  private static final String PASSES = "relax.passes";
  private static final String NONE = "none";

  private LongerRelaxation() {}

  /**
   * More passes of windows.
   *
   * @param root a configuration with defaults, whose section {@code relax} has {@code windows} and
   *     {@code passes}
   * @param doublings how often the passes are doubled, at least once; where there are no windows
   *     the first doubling makes one pass of overlapping ones
   * @return the changed configuration
   */
  public static ConfigNode ofWindows(ConfigNode root, int doublings) {
    ConfigNode relax = root.get("relax");
    if (relax.get("windows").text().equals(NONE)) {
      return root.with(WINDOWS, "overlapping").with(PASSES, 1L << doublings - 1);
    }
    return root.with(PASSES, relax.get("passes").integer() << doublings);
  }
}
