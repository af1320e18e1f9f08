package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;

class LongerRelaxationTest {
  private static Optional<ConfigNode> longer(String system, String sections) {
    SystemProvider provider = SystemProvider.find(ConfigNode.parse(system, "test"));
    ConfigNode root = ConfigNode.parse("{system: " + system + ", " + sections + "}", "test");
    return provider.relaxedLonger(provider.resolve(root).over(root), 3);
  }

  private static String relax(Optional<ConfigNode> root, String key) {
    return root.orElseThrow().get("relax").get(key).text();
  }

  @Test
  void passesAreDoubledInTheSurroundingsOfTheWhole() {
    Optional<ConfigNode> field =
        longer(
            "curie-weiss",
            "conditions: {temperature: [3]}, lattice: {small: 4, large: 8},"
                + " relax: {coupling: isolated}");
    assertThat(relax(field, "passes")).isEqualTo("8");
    assertThat(relax(field, "coupling")).isEqualTo("whole");
  }

  @Test
  void withoutWindowsTheFirstDoublingMakesOnePass() {
    Optional<ConfigNode> field =
        longer(
            "curie-weiss",
            "conditions: {temperature: [3]}, lattice: {small: 4, large: 8},"
                + " relax: {windows: none}");
    assertThat(relax(field, "windows")).isEqualTo("overlapping");
    assertThat(relax(field, "passes")).isEqualTo("4");
  }

  @Test
  void whereNothingIsRelaxedThereIsNothingLonger() {
    String alloy = "conditions: {temperature_K: [2000]}, lattice: {small: 8, large: 16}, ";
    assertThat(longer("alloy", alloy + "relax: {windows: none}")).isEmpty();
    assertThat(relax(longer("alloy", alloy + "relax: {windows: shifted}"), "passes"))
        .isEqualTo("8");
    assertThat(
            longer("alloy", alloy + "upsample: {tiles: maxent}, relax: {windows: none}")
                .orElseThrow()
                .get("upsample")
                .get("burn_in")
                .integer())
        .isEqualTo(8000);
    assertThat(longer("alloy", alloy + "upsample: {tiles: maxent, burn_in: 125001}")).isEmpty();
    String spins = "conditions: {temperature: [3]}, lattice: {small: 4, large: ";
    assertThat(longer("ising", spins + "8}, upsample: {states: equilibrium}")).isEmpty();
    assertThat(longer("ising", spins + "4}")).isEmpty();
    assertThat(
            longer("predator-prey", "conditions: {noise: [0.02]}, lattice: {small: 20, large: 40}"))
        .isEmpty();
  }

  /** No number of passes orders random seams, nor vacancies that are moved after them (EX-20). */
  @Test
  void statesThatNoWindowHealsAreComparedToThoseOfLargestEntropy() {
    String alloy = "conditions: {temperature_K: [2000]}, lattice: {small: 8, large: 16";
    for (String upsample : new String[] {"tiles: independent", "vacancies: tile_centres"}) {
      ConfigNode other = longer("alloy", alloy + "}, upsample: {" + upsample + "}").orElseThrow();
      assertThat(other.get("upsample").get("tiles").text()).isEqualTo("maxent");
      assertThat(other.get("upsample").get("vacancies").text()).isEqualTo("keep");
      assertThat(relax(Optional.of(other), "windows")).isEqualTo("none");
      SystemProvider provider = SystemProvider.find(ConfigNode.parse("alloy", "test"));
      assertThat(provider.create(other)).as("it can be made").isNotNull();
    }
    String spins = "conditions: {temperature: [3]}, lattice: {small: 4, large: 8}";
    ConfigNode blocks =
        longer("ising", spins + ", relax: {passes: 3, environment: periodic}").orElseThrow();
    assertThat(SystemProvider.find(ConfigNode.parse("ising", "test")).create(blocks)).isNotNull();
    assertThat(blocks.get("upsample").get("states").text()).isEqualTo("maxent");
    ConfigNode mixed = longer("ising", spins + ", upsample: {states: maxent}").orElseThrow();
    assertThat(mixed.get("upsample").get("mixing").integer()).isEqualTo(20 << 3);
    String tiles = alloy + ", measure: tile_mean}, upsample: {tiles: independent}";
    assertThat(relax(longer("alloy", tiles), "passes")).as("observed by tiles").isEqualTo("8");
  }
}
