package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition.Component;
import org.latticelift.sim.system.Condition.ConditionGroup;

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

  @Test
  void severalComponentsAreWrittenAndReadTogether(@TempDir Path folder) {
    Condition two =
        Condition.of(List.of(new Component("temperature_K", 900), new Component("x", 0.25)));
    assertThat(two.name()).isEqualTo("T900_X0.25");
    assertThat(two.key()).isNotEqualTo(Condition.of("temperature_K", 900).key());
    Path file = folder.resolve("conditions.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      ConditionGroup.write(writer, Condition.of("temperature_K", 1000));
      ConditionGroup.write(writer, two);
      writer.group("/other");
      writer.attribute("/other", "first", 1.0);
      writer.attribute("/other", "second", 2.0);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(ConditionGroup.all(reader))
          .containsExactly(two, Condition.of("temperature_K", 1000));
    }
  }
}
