package org.latticelift.sim.parallel.openmpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.RankJob;

/** The example in which LAMMPS, an MPI program, simulates: as workers of ranks it is in no job. */
@Tag("ranks")
class LammpsTest {
  private static final List<String> REDUCED =
      List.of(
          "simulate={runs: 4, records: 10, duration: {time: 10}}",
          "evolve.samples=60",
          "train.epochs=2",
          "train.models=2",
          "ensemble={trajectories: 4, records: 11, horizon: {time: 10}}",
          "direct={runs: 2, records: 5, duration: {time: 5}}");

  @TempDir private Path folder;

  @Test
  void ranksChangeNoBit() throws Exception {
    ExternalTool.python(List.of("numpy", "lammps"), "");
    Installation installation = Installation.make(folder.resolve("app"));
    try {
      Path one = run(installation, "one", "--np=1");
      Path two = run(installation, "two", "--np=2", "--transport=openmpi");
      assertThat(RunDirectories.requireEqual(one, two)).isGreaterThan(60);
      assertThat(one.resolve("report/index.html")).isNotEmptyFile();
    } finally {
      installation.remove();
    }
  }

  private Path run(Installation installation, String name, String... options)
      throws IOException, InterruptedException {
    Path out = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("run", installation.file("configs/python/lammps_mixture.yaml") + ""));
    words.addAll(List.of("--quiet", "--threads=1", "--out=" + out));
    REDUCED.forEach(value -> words.add("--set=" + value));
    RankJob.Outcome outcome = RankJob.run(installation.command(words.toArray(new String[0])));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return out;
  }
}
