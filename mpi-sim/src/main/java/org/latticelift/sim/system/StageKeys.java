package org.latticelift.sim.system;

import java.util.Map;
import java.util.Set;
import org.latticelift.io.config.ConfigNode;

/** Keys that stages read in sections they share with the system. */
public final class StageKeys {
  /** In section {@code upsample}: how snapshots are drawn, what is kept of the large states. */
  public static final Set<String> UPSAMPLE = Set.of("keep", "keep_samples", "draw", "groups");

  /**
   * In section {@code evolve}: how many samples are made, what evolves of each, how they are
   * committed.
   */
  public static final Set<String> EVOLVE =
      Set.of("samples", "shard_samples", "patches", "evolutions", "compensator", "twins", "joint");

  /** Sections that stages and systems share. */
  static final Map<String, Set<String>> SHARED = Map.of("upsample", UPSAMPLE, "evolve", EVOLVE);

  private StageKeys() {}

  /**
   * Whether small runs are dealt into groups (EX-07).
   *
   * @param root the whole configuration
   * @return false with {@code upsample.groups: none}
   */
  public static boolean grouped(ConfigNode root) {
    return root.section("upsample").find("groups").filter(node -> node.isWord("none")).isEmpty();
  }
}
