package org.latticelift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.cli.TinyRun.Outcome;
import org.latticelift.sde.SdeModel;
import org.latticelift.sde.SdeModelFile;

class CurieWeissRunTest {
  private static final String CONFIG =
      """
      system: curie-weiss
      preset: authors
      conditions: {temperature: [1.1]}
      lattice: {small: 4, large: 8, field: 0.1, large_start: -0.5}
      simulate: {runs: 3, records: 20, duration: {events: 320}}
      evolve: {samples: 400}
      train: {epochs: 2}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, step: 2}
      direct: {runs: 2, records: 10, duration: {time: 20}}
      """;

  @TempDir private Path folder;

  private Path run(String name, String... sets) {
    Path config = TinyRun.write(folder.resolve("cw.yaml"), CONFIG);
    Path run = folder.resolve(name);
    String[] arguments = new String[5 + 2 * sets.length];
    System.arraycopy(
        new String[] {"run", config.toString(), "--out", run.toString(), "--quiet"},
        0,
        arguments,
        0,
        5);
    for (int i = 0; i < sets.length; i++) {
      arguments[5 + 2 * i] = "--set";
      arguments[6 + 2 * i] = sets[i];
    }
    Outcome outcome = TinyRun.run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return run;
  }

  private static SdeModel model(Path run) {
    return SdeModelFile.read(run.resolve("model.h5"));
  }

  @Test
  void oursAndBaselineDifferInTheirTwoSwitches() {
    SdeModel ours = model(run("ours"));
    assertThat(ours.kappa()).isEqualTo(4);
    assertThat(ours.scaling().timeUnit()).containsExactly(1); // raw times (CW-21)
    assertThat(ours.models().get(0).get("diffusion/value")).hasSize(1);
    SdeModel kappa = model(run("kappa", "train.kappa=1"));
    SdeModel naive = model(run("naive", "train.pairs=naive"));
    SdeModel baseline = model(run("baseline", "train.kappa=1", "train.pairs=naive"));
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
    SdeModel ours = model(run("ours", "lattice.small=8"));
    SdeModel baseline =
        model(run("baseline", "lattice.small=8", "train.kappa=1", "train.pairs=naive"));
    assertThat(baseline.models().get(0).flat()).isEqualTo(ours.models().get(0).flat());
    assertThat(baseline.history().get(0).loss()).isEqualTo(ours.history().get(0).loss());
  }
}
