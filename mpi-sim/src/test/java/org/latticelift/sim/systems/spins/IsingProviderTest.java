package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig.LatticeConfig;

class IsingProviderTest {
  private static final String MINIMAL = "conditions: {temperature: [2.25, 2.5, 3]}";

  @Test
  void isFoundByName() {
    assertThat(SystemProvider.find(ConfigNode.parse("ising", "test")))
        .isInstanceOf(IsingProvider.class);
  }

  @Test
  void namesConditionsAndSizes() {
    var system = new IsingProvider().create(ConfigNode.parse(MINIMAL, "test"));
    assertThat(system.conditions()).extracting("name").containsExactly("T2.25", "T2.5", "T3");
    assertThat(system.small().patches()).isEqualTo(1);
    assertThat(system.large().patches()).isEqualTo(16);
    assertThat(system.timeUnit()).isEqualTo("1");
    assertThat(system.start()).containsExactly(0, 0.5);
    assertThat(system.macroscopics().size()).isEqualTo(2);
  }

  @Test
  void startsOfPredictionsFollowTheInitialMagnetisation() {
    IsingSystem given = IsingConfigs.system("large_start: -0.75", "", "", "");
    assertThat(given.start()).containsExactly(-0.75, (1 - 0.5625) / 2); // IS-81
    IsingSystem any = IsingConfigs.system("large_start: uniform", "", "", "");
    assertThat(any.start()[1]).isEqualTo(1 / 3.0, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authors", "authors_phase_transition"})
  void presetsAreValid(String preset) {
    IsingProvider provider = new IsingProvider();
    ConfigNode root =
        ConfigNode.parse(MINIMAL, "test").over(ConfigNode.parse(provider.preset(preset), preset));
    var system = LatticeSystem.liftable(provider.create(root));
    system.lifting().checkLifting();
    assertThat(
            system
                .lifting()
                .evolutionDuration(system.conditions().get(0), TimeScales.ofEvents(0.1)))
        .isEqualTo(Duration.events(256)); // IS-21
    assertThat(provider.resolve(root).get("relax").get("patch").integer()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 2.28, 1, 1e-5, 50",
    "32, 2.27, 2.2, 1e-4, 100",
    "48, 2.29, 4.5, 1e-4, 200",
    "64, 2.26, 9, 1e-4, 100",
    "128, 2.27, 32, 1e-4, 500"
  })
  void thePresetOfPartTwoHasTheTunedValues(
      int large, String temperature, double kappa, double epsilon, int epochs) { // PT-45, DI-27
    ConfigNode train = tuned(large, temperature);
    assertThat(train.get("kappa").number()).isEqualTo(kappa);
    assertThat(train.get("epsilon").number()).isEqualTo(epsilon);
    assertThat(train.get("epochs").integer()).isEqualTo(epochs);
    assertThat(train.get("learning_rate").number()).isEqualTo(2e-4);
  }

  @Test
  void whereNothingWasTunedKappaIsLeftAlone() {
    assertThat(tuned(64, "2.3").find("kappa")).isEmpty();
    assertThat(tuned(64, "2.27, 2.28").find("kappa")).isEmpty();
    assertThat(tuned(256, "2.27").find("kappa")).isEmpty();
  }

  private static ConfigNode tuned(int large, String temperatures) {
    String user =
        "conditions: {temperature: [" + temperatures + "]}\nlattice: {large: " + large + "}";
    String yaml =
        new IsingProvider().preset("authors_phase_transition", ConfigNode.parse(user, "test"));
    return ConfigNode.parse(yaml, "preset").get("train");
  }

  @Test
  void durationsAreThoseOfTheSmallSystemPerSite() {
    IsingSystem system = IsingConfigs.system("small: 8, large: 32", "", "patch: 4", "");
    var condition = system.conditions().get(0);
    assertThat(system.lifting().evolutionDuration(condition, TimeScales.ofEvents(0.1)).value())
        .isEqualTo(6.4, within(1e-12));
    IsingSetup setup =
        new IsingSetup(
            bind("small: 8, large: 32", LatticeConfig.class),
            bind("", SpinUpsampleConfig.class),
            bind("patch: 4, last_duration: {events: 3}", RelaxConfig.class),
            bind("", EvolveConfig.class),
            Map.of());
    // a window of 16 sites flips a quarter as often as 64 sites
    assertThat(setup.localRelax(false, condition, 0.1).orElseThrow().duration().value())
        .isEqualTo(6.4, within(1e-12));
    assertThat(setup.localRelax(true, condition, 0.1).orElseThrow().duration())
        .isEqualTo(Duration.events(3));
    assertThat(setup.enlargement().windows().stride()).isEqualTo(2);
    assertThat(setup.eventsPerSample(condition)).isEqualTo(64 + 64 * 16 + 256 * 3);
  }

  private static <R extends Record> R bind(String keys, Class<R> type) {
    return org.latticelift.io.config.Binder.bind(ConfigNode.parse("{" + keys + "}", "test"), type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature: [0.01]                 | small: 16              | 0.2 to 1000",
        "temperature: [2, 2.0]               | small: 16              | stands twice",
        "temperature: []                     | small: 16              | at least one",
        "temperature_K: [2]                  | small: 16              | temperature",
        "temperature: [2]                    | small: 10, large: 64   | multiple of lattice.small",
        "temperature: [2]                    | small: 2               | 3",
        "temperature: [2]                    | large_start: 1.5       | -1 to 1",
        "temperature: [2]                    | dynamics: metropolis   | sweeps",
        "temperature: [2]                    | fields: 0.1            | field"
      })
  void saysWhatIsWrong(String conditions, String lattice, String expected) {
    ConfigNode root =
        ConfigNode.parse(
            "conditions: {" + conditions + "}\nlattice: {" + lattice + "}\n", "test.yaml");
    assertFails(() -> new IsingProvider().create(root), expected);
  }

  @Test
  void findsMistakesBetweenKeysBeforeAnythingRuns() {
    assertThatThrownBy(
            () ->
                IsingConfigs.system("", "", "", "environment: buffer, patch_observable: touched")
                    .checkLifting())
        .hasMessageContaining("evolve.patch_observable");
    assertThatThrownBy(() -> IsingConfigs.system("", "", "patch: 8, stride: 9", "").checkLifting())
        .hasMessageContaining("relax.stride");
    assertThatThrownBy(() -> new IsingProvider().preset("author"))
        .hasMessageContaining("authors_phase_transition");
  }

  @Test
  void spinsAreStoredAsTheyAre() {
    IsingSystem system = IsingConfigs.system("small: 4, large: 8", "", "", "");
    Extent extent = system.small();
    SpinLattice state = SpinLattice.of(Spins.random(4, 0.5, Spins.stream(1)));
    assertThat(system.codec().encode(state)).isEqualTo(state.spins());
    assertThat(system.codec().shape(extent)).containsExactly(4, 4);
    SpinLattice back = system.codec().restore(system.codec().save(state), extent);
    assertThat(back.codes()).isEqualTo(state.codes());
    assertThatThrownBy(() -> system.codec().decode(new byte[16], extent))
        .hasMessageContaining("a spin of 0");
  }
}
