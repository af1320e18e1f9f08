package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * Systems whose small and large size are one (the right end of Figs. 3 and 8): what a system stands
 * for decides where it starts.
 */
class EqualSizesTest {
  private static final String CONFIG =
      "{system: %s, conditions: {%s: [2]}, lattice: {small: 64, large: 64, small_start: %s,"
          + " large_start: %s}}";

  /** The first observable of an initial state is the start that is configured, up to a spin. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ising | temperature | 0.9 | -0.5 | 0.9 | -0.5",
        "curie-weiss | temperature | 0.9 | -0.5 | 0.9 | -0.5",
        "linear-chain | force | 3 | -2 | 3 | -2",
        "predator-prey | noise | {mean: 0.3, amplitude: 0.1} | {mean: 0.6, amplitude: 0} |0.3| 0.6"
      })
  void everySystemStartsWhereItsRoleSays(
      String name, String parameter, String small, String large, double first, double other) {
    String yaml = String.format(CONFIG, name, parameter, small, large);
    if (name.equals("predator-prey")) {
      yaml = yaml.replace("[2]", "[0.02]").replace("large: 64", "large: 64, patch: 16");
    }
    LatticeSystem<?> system =
        SystemProvider.find(ConfigNode.parse(name, "test")).create(ConfigNode.parse(yaml, "test"));
    double step = 2.0 / (64 * 64);
    assertThat(initial(system, system.small())).isEqualTo(first, within(step));
    assertThat(initial(system, system.large())).isEqualTo(other, within(step));
    assertThat(system.start()[0]).isEqualTo(other, within(1e-12)); // where predictions begin
  }

  private static <S> double initial(LatticeSystem<S> system, Extent extent) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    S state = dynamics.initial(extent, new Streams(1).stream(Purpose.CHECK));
    return dynamics.observe(state)[0];
  }
}
