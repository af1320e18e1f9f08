package org.latticelift.sim.parallel.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;

/** Which library a rank takes, and what it says when it can take none. */
class MpiLibraryTest {
  @Test
  void aRankLooksForTheLibraryOfItsStarter() {
    Map<String, String> mpirun = Map.of("OMPI_COMM_WORLD_SIZE", "2", "PMI_RANK", "0");
    assertThat(MpiLibrary.candidates(mpirun)).startsWith("libmpi.so.40");
    assertThat(MpiLibrary.candidates(Map.of("PMIX_RANK", "0"))).startsWith("libmpi.so.40");
    assertThat(MpiLibrary.candidates(Map.of("PMI_RANK", "0", "PMI_SIZE", "2")))
        .startsWith("libmpich.so.12", "libmpi.so.12")
        .doesNotContain("libmpi.so.40");
  }

  @Test
  void whatTheUserNamesIsTheOnlyCandidate() {
    assertThat(MpiLibrary.candidates(Map.of("LATTICELIFT_MPI_LIBRARY", "/opt/mpi/libmpi.so")))
        .containsExactly("/opt/mpi/libmpi.so");
  }

  @Test
  void aLibraryThatIsMissingOrNoMpiIsUnavailable() {
    assertFails(
        ExitCode.UNAVAILABLE,
        () -> MpiLibrary.open(Map.of("LATTICELIFT_MPI_LIBRARY", "/none/libmpi.so")),
        "/none/libmpi.so: cannot open shared object file",
        "LATTICELIFT_MPI_LIBRARY");
    assertFails(
        ExitCode.UNAVAILABLE,
        () -> MpiLibrary.open(Map.of("LATTICELIFT_MPI_LIBRARY", "libm.so.6")),
        "no MPI_Get_library_version",
        "libm.so.6");
  }

  @Test
  void theVersionTellsTheAbi() {
    assertThat(Abi.of("libmpi.so.40", "Open MPI v4.1.4, package: x", symbol -> 8).name())
        .isEqualTo("Open MPI");
    assertThat(Abi.of("libmpi.so.12", "Intel(R) MPI Library 2021.9", symbol -> 8).name())
        .isEqualTo("MPICH");
    assertThat(Abi.of("/opt/lib/libmpi_abi.so.1", "Open MPI v6.0.0", symbol -> 8).name())
        .isEqualTo("MPI 5.0");
    assertFails(
        ExitCode.UNAVAILABLE,
        () -> Abi.of("libmpi.so.80", "Open MPI v6.0.0", symbol -> 8),
        "Open MPI v6.0.0",
        "libmpi_abi.so");
  }
}
