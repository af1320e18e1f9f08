package org.latticelift.app.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.advice.Warnings.MixedAges;
import org.latticelift.app.advice.Warnings.PresetKappa;
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
    for (SystemProvider provider : SystemProvider.all()) {
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

  @Test
  void spinsOfDifferentBeginningsAreFound() {
    String both = "{simulate: {step_runs: 2}, upsample: {states: maxent}}";
    ConfigNode user = ConfigNode.parse("{}", "test");
    assertThat(new MixedAges().about(user, ConfigNode.parse(both, "test")).orElseThrow())
        .contains("step_runs to 0");
    for (String fine : List.of(both.replace("2", "0"), both.replace("maxent", "enlarged"))) {
      assertThat(new MixedAges().about(user, ConfigNode.parse(fine, "test"))).isEmpty();
    }
    assertThat(with("simulate.step_runs=2")).isEmpty();
  }

  @Test
  void aKappaOfThePresetIsFoundUnlessTheUserSetsIt() {
    ConfigNode user = ConfigNode.parse("{preset: authors}", "test");
    ConfigNode tuned = ConfigNode.parse("{train: {kappa: 7}}", "test");
    assertThat(new PresetKappa().about(user, tuned).orElseThrow()).contains("7", "train.kappa=K");
    assertThat(new PresetKappa().about(user.with("train.kappa", "7"), tuned)).isEmpty();
    assertThat(new PresetKappa().about(user, ConfigNode.parse("{train: {kappa: K}}", "t")))
        .isEmpty();
  }
}
