package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;

/** {@code validate} of configurations for {@code barrier sample} and {@code barrier train}. */
class ValidateBarrierTest {
  private static final String SAMPLE =
      """
      barrier: {model: pairwise}
      sample:
        environments: 100
        groups: [{name: a, kind: random, share: 1}]
      """;

  private static final String TRAIN = "train: {table: t.h5, fit: {hidden: [4]}}\n";

  @TempDir private Path folder;

  private Outcome validate(String yaml, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "validate";
    args[1] = TinyRun.write(folder.resolve("b.yaml"), yaml).toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return TinyRun.run(args);
  }

  @Test
  void sampleTrainAndBothAreValid() {
    for (String yaml : new String[] {SAMPLE, TRAIN, SAMPLE + TRAIN}) {
      Outcome outcome = validate(yaml, "--seed", "7");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).contains("seed: 7").endsWith(": valid\n");
    }
    assertThat(validate(SAMPLE).out()).contains("fresh_environments: 0");
    assertThat(validate(TRAIN).out()).contains("checkpoint_rows: 5000000");
  }

  /** What is printed is a configuration of the same. */
  @Test
  void theResolvedConfigurationResolvesToItself() {
    String resolved = validate(SAMPLE + TRAIN).out();
    assertThat(validate(resolved).out()).isEqualTo(resolved);
  }

  @Test
  void mistakesAreFoundInTheirSections() {
    assertThat(validate(SAMPLE, "--set", "sample.enviroments=1").err())
        .contains("unknown key 'enviroments'", "Did you mean 'environments'?");
    assertThat(validate(SAMPLE, "--set", "sample.species=['N,b', Mo]").err())
        .contains("sample.species");
    assertThat(validate(TRAIN, "--set", "train.fit.hidden=[]").code()).isEqualTo(65);
    assertThat(validate(SAMPLE, "--set", "barrier=null").err())
        .contains("section 'barrier' is missing")
        .hasLineCount(1);
  }

  @Test
  void keysAreThoseOfBarriers() {
    assertThat(validate(SAMPLE, "--keys").out()).contains("fresh_environments").contains("hidden");
  }
}
