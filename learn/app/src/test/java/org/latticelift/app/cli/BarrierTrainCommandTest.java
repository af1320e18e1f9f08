package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.InputOrder;

/** The configurations of the shipped networks at a reduced size, and wrong uses. */
class BarrierTrainCommandTest {
  private static final String GROUPS =
      "[{name: simulated, kind: kmc, share: 1, stages: [{temperature_K: 2000, jumps: 300}]},"
          + " {name: random, kind: random, share: 1}]";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(List<String> arguments) {
    return CommandLines.execute(
        CommandLines.create(new LatticeLift(), new PrintWriter(out), new PrintWriter(err)),
        arguments.toArray(String[]::new));
  }

  private List<String> sample(String name) {
    return command(
        "sample",
        name,
        "-table",
        "barrier.model=small",
        "barrier.weights=null",
        "sample.environments=200",
        "sample.fresh_environments=20",
        "sample.groups=" + GROUPS);
  }

  private List<String> train(String name) {
    String tables = folder.resolve(name + "-table").toString();
    return command(
        "train",
        name,
        "-network",
        "train.table=" + tables + "/table.h5",
        "train.fresh_table=" + tables + "/fresh.h5",
        "train.fit.hidden=[6, 4]",
        "train.fit.rows=20000",
        "train.fit.batch=256",
        "train.fit.hold_out=0.2");
  }

  private List<String> command(String verb, String name, String suffix, String... overrides) {
    Path config = BarrierModels.shipped(name).resolveSibling(name + ".yaml");
    List<String> arguments =
        new ArrayList<>(List.of("barrier", verb, config.toString(), "--quiet", "--out"));
    arguments.add(folder.resolve(name + suffix).toString());
    for (String override : overrides) {
      arguments.add("--set");
      arguments.add(override);
    }
    return arguments;
  }

  @Tag("pipeline")
  @Test
  void theShippedConfigurationsRun() {
    for (String name : List.of("compact", "small")) {
      assertThat(run(sample(name))).as(err.toString()).isZero();
      assertThat(run(train(name))).as(err.toString()).isZero();
      BarrierWeights weights =
          BarrierWeights.read(folder.resolve(name + "-network").resolve("network.h5"));
      assertThat(weights.hidden()).extracting(layer -> layer.width()).containsExactly(6, 4);
      assertThat(weights.stated().order()).contains(InputOrder.AUTHORS);
      assertThat(WallTimes.read(folder.resolve(name + "-network")))
          .singleElement()
          .satisfies(time -> assertThat(time.stage()).isEqualTo("barrier train"));
    }
    assertThat(out.toString()).contains("held out", "fresh", "simulated", "random", "rmse");
  }

  @Test
  void sameSeedSameNetwork() throws IOException {
    run(sample("small"));
    run(train("small"));
    Path curve = folder.resolve("small-network/curve.csv");
    String first = Files.readString(curve);
    List<String> again = train("small");
    assertThat(run(again)).isEqualTo(73);
    again.add("--overwrite");
    assertThat(run(again)).as(err.toString()).isZero();
    assertThat(Files.readString(curve)).isEqualTo(first);
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    List<String> contradiction = sample("small");
    contradiction.addAll(List.of("--set", "barrier.order=nnk"));
    assertThat(run(contradiction)).isEqualTo(65);
    assertThat(err.toString()).contains("contradicts");
    assertThat(run(train("small"))).isEqualTo(66);
    Path table = Files.writeString(folder.resolve("t.csv"), "1,2,3\n");
    List<String> csv = train("compact");
    csv.addAll(List.of("--set", "train.table=" + table));
    assertThat(run(csv)).isEqualTo(65);
    assertThat(err.toString()).contains("t.csv:1", "3 values");
  }
}
