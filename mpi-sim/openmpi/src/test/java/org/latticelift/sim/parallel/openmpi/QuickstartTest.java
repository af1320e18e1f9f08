package org.latticelift.sim.parallel.openmpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.RankJob;

/** The README's first command at reduced size, as a user starts it. */
@Tag("ranks")
class QuickstartTest {
  private static final List<String> REDUCED =
      List.of(
          "conditions.temperature_K=[1400, 2000]",
          "evaluate.tolerance={default: 0.06}",
          "simulate.duration={events: 8000}",
          "simulate.runs=3",
          "simulate.records=40",
          "evolve.samples=200",
          "evolve.shard_samples=20",
          "evolve.duration={mean_events: 20}",
          "train.epochs=2",
          "train.models=2",
          "ensemble.trajectories=100",
          "ensemble.records=31",
          "ensemble.horizon={relaxations: 3}",
          "direct.duration={events: 2000}",
          "direct.records=40",
          "direct.runs=2");

  @TempDir Path folder;

  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.make(folder.resolve("app"));
  }

  @AfterEach
  void remove() {
    installation.remove();
  }

  private Path run(int ranks, int threads) throws IOException, InterruptedException {
    Path out = folder.resolve(ranks + "x" + threads);
    List<String> words = new ArrayList<>(List.of("--np=" + ranks));
    words.addAll(ranks > 1 ? List.of("--transport=openmpi") : List.of());
    words.addAll(List.of("run", installation.file("configs/quickstart.yaml").toString()));
    words.addAll(List.of("--quiet", "--threads=" + threads, "--out=" + out));
    REDUCED.forEach(value -> words.add("--set=" + value));
    RankJob.Outcome outcome = RankJob.run(installation.command(words.toArray(new String[0])));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return out;
  }

  /** Snapshots, pairs, models, predictions and direct trajectories: all datasets of all stages. */
  @Test
  void ranksAndThreadsChangeNoBit() throws Exception {
    Path alone = run(1, 1);
    assertThat(RunDirectories.requireEqual(alone, run(1, 2))).isGreaterThan(60);
    assertThat(RunDirectories.requireEqual(alone, run(2, 1))).isGreaterThan(60);
    for (String file : List.of("snapshots", "pairs", "model", "ensemble", "trajectory")) {
      assertThat(alone.resolve(file + ".h5")).exists();
    }
  }
}
