package org.latticelift.sim.parallel.communicator;

import org.latticelift.sim.parallel.communicator.MpjStarter.JobStart;

/**
 * A rank of a real job that keeps or breaks the promises: joins the job that it was started for and
 * runs every check; rank 0 prints the name of each that all ranks have passed.
 */
public final class ContractRank {
  private ContractRank() {}

  /**
   * Runs the checks.
   *
   * @param arguments of the transport
   * @throws Exception if a rank cannot even join
   */
  public static void main(String[] arguments) throws Exception {
    JobStart start = JobStart.of(System.getenv(), arguments);
    Communicator ranks = start.open();
    try {
      for (Check check : Check.values()) {
        check.run(ranks);
        ranks.barrier();
        if (ranks.rank() == 0) {
          System.out.println("passed " + ranks.size() + " " + check);
        }
      }
      ranks.close();
    } catch (Throwable e) {
      e.printStackTrace();
      ranks.abort(1);
      Runtime.getRuntime().halt(1);
    }
  }
}
