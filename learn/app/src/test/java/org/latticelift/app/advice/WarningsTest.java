package org.latticelift.app.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.SystemProvider;

/** Each doubtful value is found, says what to do, and is found nowhere else. */
class WarningsTest {
  private static final Path QUICKSTART = Path.of("..", "..", "configs", "quickstart.yaml");

  private static final Path NOWHERE = Path.of("target", "no-run");

  private static List<String> with(String... sets) {
    return Warnings.of(
        Pipeline.load(QUICKSTART, List.of(sets), OptionalLong.empty()), List.of(sets), NOWHERE);
  }

  @Test
  void theQuickstartAndNewConfigurationsHaveNone() {
    assertThat(with()).isEmpty();
    for (SystemProvider provider :
        SystemProvider.all().stream()
            .filter(SystemProvider::simulates)
            .filter(system -> !system.name().equals("external")) // which needs a simulator
            .toList()) {
      provider
          .template()
          .map(text -> Pipeline.of(ConfigNode.parse(text, provider.name()), "new"))
          .ifPresent(
              pipeline ->
                  assertThat(Warnings.of(pipeline, List.of(), NOWHERE))
                      .as(provider.name())
                      .isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.models=1 | Set train.models to 8",
        "train.resample=none | Set train.resample to groups",
        "sde.embedding=0 | Set sde.embedding to 6",
        "simulate.runs=1 | Set simulate.runs",
        "direct.runs=1 | Set direct.runs",
        "ensemble.horizon={relaxations: 5} | 8 are advised",
        "direct=null | no section direct"
      })
  void aDoubtfulValueIsFoundAlone(String set, String what) {
    assertThat(with(set)).singleElement().asString().contains(what);
  }

  @Test
  void ofAnExperimentTheyBeginWithTheVariantsThatAreMeant() {
    String variants = "experiment.variants={a: {}, b: {sde.embedding: 0}, c-1: {}, c-2: {}}";
    assertThat(with(variants, "experiment.starts={up: {}}", "experiment.quantities=[diffusion]"))
        .singleElement()
        .asString()
        .startsWith("b: ")
        .contains("Set sde.embedding to 6");
    assertThat(
            with(
                variants,
                "experiment.starts={up: {}}",
                "experiment.quantities=[diffusion]",
                "sde.embedding=0"))
        .singleElement()
        .asString()
        .startsWith("several conditions");
  }

  @Test
  void orderAgainstAnotherCompositionIsFound() {
    String observables = "lattice.observables=[{pair: {reference: equimolar}}]";
    String unequal = "lattice.composition={Nb: 2, Mo: 1, Ta: 1}";
    assertThat(with(observables)).isEmpty();
    assertThat(with(unequal)).isEmpty();
    assertThat(with(observables, unequal)).singleElement().asString().contains("equimolar");
  }

  @Test
  void speciesWithoutAtomsAreFound() {
    for (String none : List.of("{Nb: 2, Mo: 1, Ta: 0}", "{Nb: 1, Mo: 1}")) {
      assertThat(with("lattice.composition=" + none))
          .singleElement()
          .asString()
          .contains("no Ta", "lattice.species");
    }
    assertThat(with("lattice.composition={Nb: 1, Mo: 0}").get(0)).contains("no Mo, Ta");
  }

  private static List<String> ofSpins(String... sets) {
    Path config = QUICKSTART.resolveSibling("ising-quick.yaml");
    return Warnings.of(
        Pipeline.load(config, List.of(sets), OptionalLong.empty()), List.of(sets), NOWHERE);
  }

  @Test
  void spinsOfDifferentBeginningsAreFound() {
    String steps = "simulate.step_runs=2";
    assertThat(ofSpins(steps)).singleElement().asString().contains("step_runs to 0");
    assertThat(ofSpins("simulate.step_runs=0")).isEmpty();
    assertThat(ofSpins(steps, "upsample.states=enlarged")).isEmpty();
    assertThat(with(steps)).isEmpty();
  }

  @Test
  void aKappaOfThePresetIsFoundUnlessTheUserSetsIt() {
    String[] tuned = {
      "preset=authors_phase_transition",
      "conditions={temperature: [2.25]}",
      "lattice={small: 16, large: 32}"
    };
    String own = "train.kappa=7";
    assertThat(ofSpins(tuned)).anyMatch(w -> w.startsWith("train.kappa is 2.5, from the preset"));
    assertThat(ofSpins(tuned[0], tuned[1], tuned[2], own)).noneMatch(w -> w.contains("kappa"));
    assertThat(ofSpins("preset=authors")).noneMatch(w -> w.contains("kappa"));
  }
}
