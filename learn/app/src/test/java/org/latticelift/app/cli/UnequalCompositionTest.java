package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.EvaluationFile;

/** The whole method on an alloy whose species differ in number, against its direct simulation. */
@Tag("law")
class UnequalCompositionTest {
  private static final String CONFIG =
      """
      system: alloy
      seed: 3
      conditions: {temperature_K: [2000]}
      lattice: {small: 8, large: 16, composition: {Nb: 1, Mo: 2, Ta: 3}}
      barrier: {model: small}
      simulate: {runs: 16, records: 100, duration: {events: 64000}}
      relax: {windows: none}
      evolve: {samples: 6000, duration: {mean_events: 125}}
      train: {models: 2, epochs: 40}
      ensemble: {trajectories: 100, horizon: {relaxations: 60}, records: 301}
      direct: {runs: 2, records: 100, duration: {events: 64000}}
      report: {png: false}
      """;

  @TempDir private Path folder;

  /**
   * Late means agree within three combined standard errors and what 16 small runs leave open; the
   * rules hold in both, although the orders of Mo and Ta count per atom of another species.
   */
  @Test
  void predictionAndDirectSimulationAgreeAt2000K() {
    Path config = TinyRun.write(folder.resolve("alloy.yaml"), CONFIG);
    Path out = folder.resolve("out");
    Outcome outcome = TinyRun.run("run", config.toString(), "--out", "" + out, "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    ConditionResult result =
        EvaluationFile.read(out.resolve(EvaluationFile.NAME)).conditions().get(0);
    for (ComponentResult component : result.components()) {
      assertThat(component.predicted().mean())
          .as(component.toString())
          .isEqualTo(
              component.direct().mean(), within(0.03 + 3 * component.comparison().combinedError()));
    }
    assertThat(result.sumRules().predicted()).isLessThan(0.001);
    assertThat(result.sumRules().direct()).isLessThan(0.02);
    assertThat(outcome.out()).doesNotContain("violates a sum rule");
  }
}
