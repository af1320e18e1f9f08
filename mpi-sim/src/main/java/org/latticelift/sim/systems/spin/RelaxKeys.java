package org.latticelift.sim.systems.spin;

import java.util.Optional;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Windows;

/** What every spin system has in its section {@code relax}. */
public interface RelaxKeys {
  /**
   * How windows cover the lattice.
   *
   * @return overlapping or none
   */
  Windows windows();

  /**
   * Side of a window.
   *
   * @return the small side where absent (DI-05)
   */
  Optional<Integer> patch();

  /**
   * Distance of windows.
   *
   * @return half a window where absent
   */
  Optional<Integer> stride();

  /**
   * How often the windows of a level cover the lattice.
   *
   * @return at least once
   */
  int passes();

  /**
   * Length of the evolution of a window.
   *
   * @return auto is the mean time of one flip per site
   */
  DurationSpec duration();

  /**
   * The same for the last level.
   *
   * @return as the others where absent (DI-45)
   */
  Optional<DurationSpec> lastDuration();
}
