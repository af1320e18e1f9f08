package org.latticelift.sim.parallel.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.latticelift.sim.parallel.communicator.CommunicatorContract;
import org.latticelift.sim.parallel.communicator.ContractRank;
import org.latticelift.sim.parallel.communicator.RankJob;

/** Real ranks of one MPI library; one job for all checks of a number of ranks. */
@Tag("ranks")
abstract class FfmCommunicatorContract extends CommunicatorContract {
  private static final Map<String, RankJob.Outcome> JOBS = new HashMap<>();

  private final MpiRun starter;

  FfmCommunicatorContract(MpiRun starter) {
    this.starter = starter;
  }

  @Override
  protected void run(int ranks, String check) throws Exception {
    String job = starter + " " + ranks;
    if (!JOBS.containsKey(job)) {
      JOBS.put(job, RankJob.run(starter.of(ranks, ContractRank.class)));
    }
    assertThat(JOBS.get(job).text()).contains("passed " + ranks + " " + check + "\n");
    assertThat(JOBS.get(job).code()).isZero();
  }
}
