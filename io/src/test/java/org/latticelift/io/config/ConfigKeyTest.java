package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.Part;

class ConfigKeyTest {
  record Whole(@Part Times times, @Default("{}") Inner inner, Inner other, ConfigNode system) {}

  record Times(@Default("1") double timeStep, @Key("T") double hot) {}

  record Inner(@Default("{}") Deep deep) {}

  record Deep(@Default("3") int count) {}

  record OfSystem(@Default("a") Choice choice) {}

  enum Choice {
    A,
    B_C
  }

  private static final Map<String, List<Class<? extends Record>>> READERS =
      Map.of("", List.of(Times.class, Inner.class), "system", List.of(OfSystem.class));

  @Test
  void accessorsNameKeys() {
    assertThat(Binder.key(Times::timeStep).path()).isEqualTo("time_step");
    assertThat(Binder.key(Times::hot).path()).isEqualTo("T");
    Map<String, List<Class<? extends Record>>> whole = Map.of("", List.of(Whole.class));
    assertThat(Binder.key(Times::hot, whole).path()).isEqualTo("T");
    assertThat(Binder.key(Deep::count, READERS).path()).isEqualTo("deep.count");
    assertThat(Binder.key(OfSystem::choice, READERS).path()).isEqualTo("system.choice");
    assertThat(Binder.section(OfSystem.class, READERS)).isEqualTo("system");
  }

  @Test
  void aRecordThatReadsNothingOrSeveralSectionsIsRefused() {
    Map<String, List<Class<? extends Record>>> whole = Map.of("", List.of(Whole.class));
    assertThatThrownBy(() -> Binder.key(Deep::count, whole))
        .hasMessageContaining("[inner.deep, other.deep]");
    assertThatThrownBy(() -> Binder.key(OfSystem::choice, whole)).hasMessageContaining("[]");
    assertThatThrownBy(() -> Binder.key((Times times) -> times.hot()))
        .hasMessageContaining("no accessor");
  }

  @Test
  void valuesAreWrittenAsRecordsHoldThem() {
    ConfigNode root = ConfigNode.parse("{system: {choice: a, x: 1}}", "test");
    ConfigKey<Choice> choice = Binder.key(OfSystem::choice, READERS);
    ConfigNode changed = root.with(choice, Choice.B_C).with(Binder.key(Deep::count, READERS), 4);
    assertThat(changed)
        .isEqualTo(ConfigNode.parse("{system: {choice: b_c, x: 1}, deep: {count: 4}}", "test"));
    assertThat(changed.getPath(choice.path()).where()).startsWith("value of system.choice");
    assertThat(ConfigNode.parse("{system: 3}", "test").find(choice)).isEmpty();
  }
}
