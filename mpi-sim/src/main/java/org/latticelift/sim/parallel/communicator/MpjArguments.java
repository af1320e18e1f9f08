package org.latticelift.sim.parallel.communicator;

import org.latticelift.io.error.LatticeLiftException;

/** The string of settings that a rank of MPJ Express gets as its second argument. */
final class MpjArguments {
  private static final String RANKS = "#Number of Processes;";

  private MpjArguments() {}

  /** The settings for a job whose starter listens on a port of this machine. */
  static String settings(int ranks, String host, int port) {
    return RANKS
        + ranks
        + ";#Protocol Switch Limit;131072;#Server Name;"
        + host
        + ";#Server Port;"
        + port;
  }

  /** The number of ranks in a string of settings. */
  static int ranks(String settings) {
    int at = settings.indexOf(RANKS);
    String rest = at < 0 ? "" : settings.substring(at + RANKS.length()).replaceFirst("[;#].*", "");
    if (!rest.matches("\\d{1,9}")) {
      throw LatticeLiftException.badData(
          "no number of processes",
          "arguments of MPJ Express: " + settings,
          RANKS + "N",
          "Start with 'latticelift --np N --transport mpj'");
    }
    return Integer.parseInt(rest);
  }
}
