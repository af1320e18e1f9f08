package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;

class CurieWeissRunTest {
  private static final String CONFIG =
      """
      system: curie-weiss
      preset: authors
      conditions: {temperature: [1.1]}
      lattice: {small: 4, large: 8, field: 0.1, large_start: -0.5}
      simulate: {runs: 3, records: 20, duration: {events: 320}}
      evolve: {samples: 100}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, step: 2}
      direct: {runs: 2, records: 10, duration: {time: 20}}
      report: {png: false}
      """;

  @TempDir private Path folder;

  /** Up to the model, in a folder of its own. */
  private Path trained(String name, String... sets) {
    Path run = folder.resolve(name);
    command("simulate", run, sets);
    command("evolve", run, sets);
    command("train", run, sets);
    return run;
  }

  private void command(String command, Path run, String... sets) {
    Path config = TinyRun.write(folder.resolve("cw.yaml"), CONFIG);
    List<String> arguments =
        new ArrayList<>(List.of(command, config.toString(), "--out", run.toString(), "--quiet"));
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    Outcome outcome = TinyRun.run(arguments.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  private Path everyStage() {
    Path run = folder.resolve("ours");
    command("run", run);
    assertThat(run.resolve("report/index.html")).isNotEmptyFile();
    return run;
  }

  private static SdeModel model(Path run) {
    return ModelFile.read(run.resolve("model.h5"));
  }

  @Test
  void oursAndBaselineDifferInTheirTwoSwitches() {
    SdeModel ours = model(everyStage());
    assertThat(ours.kappa()).isEqualTo(4);
    assertThat(ours.scaling().timeUnit()).containsExactly(1); // raw times (CW-21)
    assertThat(ours.models().get(0).get("diffusion/value")).hasSize(1);
    SdeModel kappa = model(trained("kappa", "train.kappa=1"));
    SdeModel naive = model(trained("naive", "train.pairs=naive"));
    SdeModel baseline = model(trained("baseline", "train.kappa=1", "train.pairs=naive"));
    assertThat(naive.kappa()).isEqualTo(4);
    assertThat(java.util.stream.Stream.of(ours, kappa, naive, baseline).map(this::weight))
        .doesNotHaveDuplicates();
  }

  private float weight(SdeModel model) {
    return model.models().get(0).flat()[100];
  }

  /** One patch is the whole (ME-20). */
  @Test
  void withOnePatchOursAndBaselineAreIdentical() {
    SdeModel ours = model(trained("ours", "lattice.small=8"));
    SdeModel baseline =
        model(trained("baseline", "lattice.small=8", "train.kappa=1", "train.pairs=naive"));
    assertThat(baseline.models().get(0).flat()).isEqualTo(ours.models().get(0).flat());
    assertThat(baseline.history().get(0).loss()).isEqualTo(ours.history().get(0).loss());
  }
}
