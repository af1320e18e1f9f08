package org.latticelift.sim.parallel.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.latticelift.sim.parallel.communicator.CommunicatorContract;
import org.latticelift.sim.parallel.communicator.ContractRank;
import org.latticelift.sim.parallel.communicator.RankJob;

/** Real ranks of MPJ Express; one job for all checks of a number of ranks. */
@Tag("ranks")
class MpjCommunicatorTest extends CommunicatorContract {
  private static final Map<Integer, RankJob.Outcome> JOBS = new HashMap<>();

  @Override
  protected void run(int ranks, String check) throws Exception {
    if (!JOBS.containsKey(ranks)) {
      JOBS.put(ranks, RankJob.run(MpjRun.of(ranks, ContractRank.class)));
    }
    assertThat(JOBS.get(ranks).text()).contains("passed " + ranks + " " + check + "\n");
    assertThat(JOBS.get(ranks).code()).isZero();
  }
}
