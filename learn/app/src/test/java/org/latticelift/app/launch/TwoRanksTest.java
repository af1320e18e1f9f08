package org.latticelift.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.CommandLines;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.io.testing.RunDirectories;

/** Every command that ranks share ends on two of them, with the files of one. */
class TwoRanksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** A command on two ranks, which has to end, and well. */
  private String two(String... words) {
    StringWriter errors = new StringWriter();
    int code = run(errors, CommandLines::run, List.of(words));
    assertThat(code).as("%s: %s", List.of(words), errors).isZero();
    return errors.toString();
  }

  private static int run(Writer errors, RankProcess.Program program, List<String> words) {
    PrintWriter out = new PrintWriter(Writer.nullWriter());
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> LocalJob.run(2, words, out, new PrintWriter(errors, true), program));
    try {
      return code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("two ranks never end: " + words, e);
    }
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private String[] stage(String command, String config, String out, String... more) {
    List<String> words =
        new ArrayList<>(List.of(command, config, "--out", at(out), "--quiet", "--resume"));
    words.addAll(List.of("--threads", "1"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String config(String name, String yaml) {
    return TinyRun.write(folder.resolve(name), yaml).toString();
  }

  @Tag("ranks")
  @Test
  void everyStageLeavesTheFilesOfOneRank() throws IOException {
    String config = config("spins.yaml", TinyRun.SPINS);
    for (String stage : List.of("simulate", "lift", "train", "ensemble", "direct", "evaluate")) {
      two(stage("" + stage, config, "two"));
    }
    assertThat(TinyRun.run(stage("run", config, "one")).code()).isZero();
    two(stage("run", config, "two"));
    assertThat(RunDirectories.requireEqual(folder.resolve("one"), folder.resolve("two")))
        .isPositive();
  }

  /** Which it did not: the second rank left at once, and each decided by itself what to make. */
  @Tag("ranks")
  @Test
  void aDiagnosisEnds() {
    String config = config("spins.yaml", TinyRun.SPINS);
    String[] set = {"--set=evolve.duration={time: 2}"};
    assertThat(TinyRun.run(stage("run", config, "one", set)).code()).isZero();
    Path copy = TinyRun.copy(folder.resolve("one"), folder.resolve("two"));
    String[] diagnose = {"diagnose", "", "--samples=30", "--quiet", "--threads=1", "--baselines"};
    diagnose[1] = at("one");
    assertThat(TinyRun.run(diagnose).code()).isZero();
    diagnose[1] = copy.toString();
    two(diagnose);
    two(diagnose); // goes on with what is there
    assertThat(TinyRun.lines(copy.resolve("certificate.csv")))
        .isEqualTo(TinyRun.lines(folder.resolve("one/certificate.csv")));
  }

  private static String histories(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i + ",0," + (1400 + 2 * i) + "\n" + i + ",2e-7,1500\n")
        .collect(Collectors.joining("", "history,time_s,temperature_K\n", ""));
  }

  @Tag("ranks")
  @Test
  void predictionsMapsAndDesignsEnd() throws IOException {
    String config = config("alloy.yaml", TinyRun.CONFIG);
    assertThat(TinyRun.run(stage("run", config, "run")).code()).isZero();
    String[] few = {"--set=trajectories=4", "--set=step=0.05"};
    two(stage("predict", at("run"), "p", few[0], "--schedule={anneal: {at: 1500, time_s: 1e-7}}"));
    String histories = config("h.csv", histories(300));
    two(stage("predict", at("run"), "h2", "--histories=" + histories));
    assertThat(TinyRun.run(stage("predict", at("run"), "h1", "--histories=" + histories)).code())
        .isZero();
    assertThat(RunDirectories.requireEqual(folder.resolve("h1"), folder.resolve("h2")))
        .isPositive();
    two(
        stage(
            "map",
            at("run"),
            "m",
            few[0],
            few[1],
            "--set=conditions=3",
            "--set=rates=3",
            "--set=relaxations=6"));
    two(
        stage(
            "design",
            at("run"),
            "d",
            few[0],
            "--observable=MoMo",
            "--goal=smallest",
            "--length=1.0e-6",
            "--set=knots=3",
            "--set=evaluations=12",
            "--set=ramp_evaluations=30"));
  }

  /** Of a scan of temperatures the first rank makes all; a fit is the same on any number. */
  @Tag("ranks")
  @Test
  void barriersAndOrderingAreThoseOfOneRank() throws IOException {
    String small = Path.of("..", "..", "configs", "models", "small.yaml").toString();
    String[] few = {
      "--set=barrier.model=small",
      "--set=barrier.weights=null",
      "--set=sample.environments=100",
      "--set=sample.fresh_environments=20",
      "--set=sample.groups=[{name: kmc, kind: kmc, share: 1, stages: [{temperature_K: 2000, jumps: 300}]}]",
      "--set=train.table=" + at("one-table/table.h5"),
      "--set=train.fresh_table=" + at("one-table/fresh.h5"),
      "--set=train.fit.hidden=[6, 4]",
      "--set=train.fit.rows=20000"
    };
    for (String verb : List.of("sample", "train")) {
      String suffix = verb.equals("sample") ? "-table" : "-network";
      String[] one = barrier(verb, small, "one" + suffix, few);
      assertThat(TinyRun.run(one).err()).isEmpty();
      two(barrier(verb, small, "two" + suffix, few));
      assertThat(
              RunDirectories.requireEqual(
                  folder.resolve("one" + suffix), folder.resolve("two" + suffix)))
          .isPositive();
    }
    String config = config("alloy.yaml", TinyRun.CONFIG);
    String[] maxent = {"--set=upsample.tiles=maxent"};
    assertThat(TinyRun.run(stage("simulate", config, "run", maxent)).err()).isEmpty();
    assertThat(TinyRun.run(stage("lift", config, "run", maxent)).err()).isEmpty();
    String scan =
        config(
            "scan.yaml",
            "{hamiltonian: run/hamiltonian.h5, condition: T1400, cells: [5, 6], chains: 2,"
                + " temperature_K: [900, 1000, 1100], settle: 1, records: 4, gap: 1}");
    assertThat(TinyRun.run("ordering", scan, "--quiet", "--out", at("one.csv")).err()).isEmpty();
    two("ordering", scan, "--quiet", "--out", at("two.csv"));
    assertThat(TinyRun.lines(folder.resolve("two.csv")))
        .isEqualTo(TinyRun.lines(folder.resolve("one.csv")));
  }

  private String[] barrier(String verb, String config, String out, String... more) {
    List<String> words = new ArrayList<>(List.of("barrier", verb, config, "--quiet"));
    words.addAll(List.of("--threads", "1", "--out", at(out)));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void aSimulationEnds() throws IOException {
    String config = config("alloy.yaml", TinyRun.CONFIG);
    two(stage("kmc", config, "two"));
    assertThat(TinyRun.run(stage("kmc", config, "one")).code()).isZero();
    assertThat(RunDirectories.requireEqual(folder.resolve("one"), folder.resolve("two")))
        .isPositive();
  }

  @Tag("ranks")
  @Test
  void anExperimentEnds() {
    String yaml =
        TinyRun.CHAIN.replace("trajectories: 4", "trajectories: 4, keep_trajectories: true")
            + """
            experiment:
              quantities: [late_mean]
              starts: {up: {}}
              variants: {a: {train.kappa: K}, b: {train.kappa: 1}}
            """;
    two(stage("run", config("experiment.yaml", yaml), "two"));
  }

  /** One rank has ended where the other one waits for it: an error at once, no wait. */
  @Test
  void aRankThatEndsAloneIsAnError() {
    for (boolean first : new boolean[] {true, false}) {
      StringWriter errors = new StringWriter();
      int code =
          run(
              errors,
              (ranks, words, out, err) -> {
                if (ranks.first() == first) {
                  return 0;
                }
                ranks.tasks(1).once(() -> {});
                return 0;
              },
              List.of("nothing"));
      assertThat(code).isEqualTo(1);
      assertThat(errors.toString()).contains("has come to");
    }
  }

  /** In a collective call, too. */
  @Test
  void aRankThatEndsBesideACollectiveCallIsAnError() {
    StringWriter errors = new StringWriter();
    int code =
        run(
            errors,
            (ranks, words, out, err) -> {
              if (ranks.first()) {
                ranks.communicator().barrier();
              }
              return 0;
            },
            List.of("nothing"));
    assertThat(code).isEqualTo(1);
  }
}
