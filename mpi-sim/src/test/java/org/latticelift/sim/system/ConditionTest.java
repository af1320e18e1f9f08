package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;

/** Names and keys of conditions: different values never share one. */
class ConditionTest {
  private static final List<Double> VALUES =
      List.of(2.0, 2.2691, 2.2694, Math.nextUp(2.2694), 1e-5, 1e19, 1e20, 2.5e20);

  @Test
  void differentValuesHaveDifferentNamesAndKeys() {
    List<Condition> all = VALUES.stream().map(value -> Condition.of("force", value)).toList();
    assertThat(all).extracting(Condition::name).doesNotHaveDuplicates();
    assertThat(all).extracting(Condition::key).doesNotHaveDuplicates();
    assertThat(all.get(0).name()).isEqualTo("F2");
    assertThat(all.get(1).name()).isEqualTo("F2.2691");
  }

  @Test
  void everySystemNamesThemSo() {
    String yaml = "{system: ising, conditions: {temperature: [2, 2.2691, 2.2694]}}";
    LatticeSystem<?> ising =
        SystemProvider.find(ConfigNode.parse("ising", "test"))
            .create(ConfigNode.parse(yaml, "test"));
    assertThat(ising.conditions())
        .containsExactly(
            Condition.of("temperature", 2),
            Condition.of("temperature", 2.2691),
            Condition.of("temperature", 2.2694));
  }
}
