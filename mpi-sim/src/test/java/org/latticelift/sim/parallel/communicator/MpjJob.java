package org.latticelift.sim.parallel.communicator;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;

/** A process that starts ranks of MPJ Express and watches over them, as the command line does. */
public final class MpjJob {
  private MpjJob() {}

  /**
   * Starts the ranks.
   *
   * @param arguments number of ranks, main class, its arguments
   * @throws ClassNotFoundException if there is no such class
   */
  public static void main(String[] arguments) throws ClassNotFoundException {
    List<String> words = List.of(arguments);
    Class<?> main = Class.forName(words.get(1));
    int ranks = Integer.parseInt(words.get(0));
    System.exit(
        MpjStarter.run(ranks, main, words.subList(2, words.size()), StopSignal.installed()));
  }
}
