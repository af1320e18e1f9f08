package org.latticelift.sim.parallel.communicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.parallel.communicator.MpjStarter.JobStart;
import org.latticelift.sim.parallel.communicator.MpjStarter.MpjArguments;

/** How a process finds out that it is a rank. */
class JobStartTest {
  private static final String SETTINGS = MpjArguments.settings(4, "127.0.0.1", 4000);

  private static JobStart start(Map<String, String> environment, String... arguments) {
    return JobStart.of(environment, arguments);
  }

  @Test
  void aProcessOfItsOwnIsNoRank() {
    JobStart start = start(Map.of("PATH", "/bin"), "run", "a.yaml");
    assertThat(start.isRank()).isFalse();
    assertThat(start.command()).containsExactly("run", "a.yaml");
    try (Communicator alone = start.open()) {
      assertThat(alone.size()).isEqualTo(1);
    }
  }

  @Test
  void mpirunAndSrunWithPmixMakeRanksOfOpenMpi() {
    assertThat(start(Map.of("OMPI_COMM_WORLD_SIZE", "3")))
        .returns("openmpi", JobStart::transport)
        .returns(3, JobStart::ranks);
    Map<String, String> step =
        Map.of("PMIX_RANK", "1", "SLURM_STEP_ID", "0", "SLURM_STEP_NUM_TASKS", "2");
    assertThat(start(step)).returns("openmpi", JobStart::transport).returns(2, JobStart::ranks);
  }

  @Test
  void theLauncherChoosesTheTransportOfARankAndMakesNoRanks() {
    assertThat(start(Map.of("OMPI_COMM_WORLD_SIZE", "3", "LATTICELIFT_TRANSPORT", "ffm")))
        .returns("ffm", JobStart::transport)
        .returns(3, JobStart::ranks);
    Map<String, String> hydra =
        Map.of("PMI_RANK", "1", "PMI_SIZE", "2", "LATTICELIFT_TRANSPORT", "ffm");
    assertThat(start(hydra)).returns("ffm", JobStart::transport).returns(2, JobStart::ranks);
    assertThat(start(Map.of("LATTICELIFT_TRANSPORT", "ffm")).isRank()).isFalse();
  }

  @Test
  void argumentsOfMpjExpressStandBeforeTheCommand() {
    JobStart start = start(Map.of(), "1", SETTINGS, "niodev", "run", "a.yaml");
    assertThat(start.transport()).isEqualTo("mpj");
    assertThat(start.ranks()).isEqualTo(4);
    assertThat(start.rankArguments()).containsExactly("1", SETTINGS, "niodev");
    assertThat(start.command()).containsExactly("run", "a.yaml");
  }

  @Test
  void aBatchScriptWithSeveralTasksIsOneProcess() {
    assertThat(start(Map.of("SLURM_NTASKS", "4", "SLURM_PROCID", "0")).isRank()).isFalse();
  }

  @Test
  void processesThatDoNotSeeEachOtherAreRefused() {
    Map<String, String> srun = Map.of("SLURM_STEP_ID", "0", "SLURM_NTASKS", "4");
    assertFails(ExitCode.UNAVAILABLE, () -> start(srun), "4 processes", "srun --mpi=pmix");
    Map<String, String> pmi = Map.of("PMI_SIZE", "2");
    assertFails(ExitCode.UNAVAILABLE, () -> start(pmi), "2 processes", "see 1 rank");
  }

  @Test
  void aTransportThatIsNotInstalledIsNamedWithItsRemedy() {
    JobStart start = start(Map.of("OMPI_COMM_WORLD_SIZE", "2"));
    assertFails(ExitCode.UNAVAILABLE, start::open, "openmpi", "setup-mpi");
  }
}
