package org.latticelift.learn.barrierfit;

import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * One kind of environments of a barrier table (CN-06). A group is made of members, each with a
 * stream of its own, so that a table does not depend on threads.
 */
public sealed interface SampleGroup
    permits KmcGroupConfig, RandomGroupConfig, SublatticeGroupConfig, SoluteGroupConfig {
  /**
   * The category of its environments.
   *
   * @return a name
   */
  String name();

  /**
   * Its weight in the table.
   *
   * @return relative to the other groups
   */
  double share();

  /**
   * Number of members.
   *
   * @param wanted environments of the group
   * @return at least 1
   */
  int members(int wanted);

  /**
   * Makes the environments of one member.
   *
   * @param context teacher and species
   * @param wanted number of environments to aim at
   * @param stream the member's own
   * @return whole environments in lab order, at most the number wanted
   */
  byte[] member(SampleContext context, int wanted, RandomStream stream);

  /**
   * Reads a group; the key {@code kind} says which.
   *
   * @param node a mapping
   * @return the group
   */
  static SampleGroup fromConfig(ConfigNode node) {
    String kind = node.get("kind").text();
    return switch (kind) {
      case "kmc" -> Binder.bind(node, KmcGroupConfig.class);
      case "random" -> Binder.bind(node, RandomGroupConfig.class);
      case "sublattices" -> Binder.bind(node, SublatticeGroupConfig.class);
      case "solute" -> Binder.bind(node, SoluteGroupConfig.class);
      default ->
          throw LatticeLiftException.badData(
              "unknown kind '" + kind + "'",
              node.get("kind").where(),
              "kmc, random, sublattices, solute",
              "Choose one of them");
    };
  }

  /** Members of groups whose environments are independent of each other. */
  int BLOCK = 2000;

  /**
   * Number of blocks of independent environments.
   *
   * @param wanted environments of the group
   * @return at least 1
   */
  static int blocks(int wanted) {
    return Math.max(1, (wanted + BLOCK - 1) / BLOCK);
  }
}
