package org.latticelift.bench.speed;

import java.util.List;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;

/**
 * The networks whose training and integration are measured.
 *
 * @param name for people
 * @param architecture their shape
 */
public record SdeCase(String name, SdeArchitecture architecture) {
  /** Plain drift with full diffusion, d = 4 (ME-44, ME-46). */
  public static final SdeCase PLAIN =
      new SdeCase(
          "plain d=4",
          new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64)));

  /** The stochastic OnsagerNet of the alloy, d = 6 (ME-60, AL-80). */
  public static final SdeCase ONSAGER =
      new SdeCase(
          "onsager d=6",
          new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64)));

  /** Both. */
  public static final List<SdeCase> ALL = List.of(PLAIN, ONSAGER);
}
