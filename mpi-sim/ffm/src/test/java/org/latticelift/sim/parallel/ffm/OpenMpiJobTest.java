package org.latticelift.sim.parallel.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.parallel.communicator.ContractRank;
import org.latticelift.sim.parallel.communicator.JobContract;
import org.latticelift.sim.parallel.communicator.RankJob;

/** Whole commands under the {@code mpirun} of Open MPI. */
class OpenMpiJobTest extends JobContract {
  @Override
  protected ProcessBuilder job(int ranks, Class<?> main, String... arguments) {
    return MpiRun.OPEN_MPI.of(ranks, main, arguments);
  }

  @Test
  void withoutTheGuardAgainstHandlersOfUcxARankDoesNotStart() throws Exception {
    ProcessBuilder builder = MpiRun.OPEN_MPI.of(1, ContractRank.class);
    builder.environment().remove("UCX_ERROR_SIGNALS");
    assertThat(RankJob.run(builder).text()).contains("UCX_ERROR_SIGNALS is not set");
  }
}
