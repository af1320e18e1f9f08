package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.KeyDescription;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.Failures;

class BinderTest {
  enum Environment {
    WHOLE,
    GHOST_CELLS,
    BUFFER
  }

  record Lattice(int small, @Default("8192") long large) {}

  record Window(double length) {
    public static Window fromConfig(ConfigNode node) {
      return new Window(node.isScalar() ? node.number() : node.get("length").number());
    }

    public ConfigNode toConfig() {
      return ConfigNode.parse("length: " + length, "window");
    }
  }

  record Settings(
      @Doc("what to simulate") String system,
      long seed,
      @Key("temperature_K") @Range(min = 0, minOpen = true) List<Double> temperatures,
      Lattice lattice,
      @Default("whole") Environment environment,
      @Default("1e13") double attemptFrequency,
      Optional<Path> weights,
      @Default("{}") Map<String, Integer> counts,
      @Default("3.5") Window window,
      @Default("true") boolean keepAll,
      @Default("a") @OneOf({"a", "b"}) String letter,
      @Default("whole") @OneOf({"whole", "buffer"}) Environment surroundings,
      Optional<ConfigNode> raw) {}

  private static final String YAML =
      """
      system: alloy
      seed: 1e3
      temperature_K: [1000, 1.4e3]
      lattice: {small: 8}
      counts: {Nb: 1, Mo: 2}
      raw: {a: [1, {b: c}]}
      """;

  @Test
  void bindsAllTypes() {
    Settings settings = Binder.bind(ConfigNode.parse(YAML, "t.yaml"), Settings.class);
    assertThat(settings.system()).isEqualTo("alloy");
    assertThat(settings.seed()).isEqualTo(1000);
    assertThat(settings.temperatures()).containsExactly(1000.0, 1400.0);
    assertThat(settings.lattice()).isEqualTo(new Lattice(8, 8192));
    assertThat(settings.environment()).isEqualTo(Environment.WHOLE);
    assertThat(settings.attemptFrequency()).isEqualTo(1e13);
    assertThat(settings.weights()).isEmpty();
    assertThat(settings.counts()).containsExactly(Map.entry("Nb", 1), Map.entry("Mo", 2));
    assertThat(settings.window()).isEqualTo(new Window(3.5));
    assertThat(settings.keepAll()).isTrue();
  }

  @Test
  void resolvedConfigurationBindsToAnEqualRecord() {
    Settings settings = Binder.bind(ConfigNode.parse(YAML, "t.yaml"), Settings.class);
    ConfigNode resolved = Binder.resolve(settings);
    assertThat(resolved.toYaml())
        .contains("large: 8192", "environment: whole", "length: 3.5", "surroundings: whole");
    assertThat(Binder.text(Environment.GHOST_CELLS)).isEqualTo("ghost_cells");
    ConfigNode parsed = ConfigNode.parse(resolved.toYaml(), "again.yaml");
    assertThat(parsed.toYaml()).isEqualTo(resolved.toYaml());
    assertThat(Binder.bind(parsed, Settings.class)).isEqualTo(settings);
  }

  /** A text of YAML may hold a NUL, which no name of a file has. */
  @Test
  void aPathThatNoFileCanHaveIsRefused() {
    ConfigNode node = ConfigNode.parse(YAML + "weights: \"a\\0.h5\"\n", "t.yaml");
    Failures.assertFails(
        ExitCode.BAD_DATA, () -> Binder.bind(node, Settings.class), "t.yaml:7", "a path");
  }

  @Test
  void help() {
    assertThat(Binder.describe(Settings.class))
        .contains(
            "what to simulate",
            "whole|ghost_cells|buffer",
            "above 0",
            "  large",
            "(a|b)",
            " whole|buffer,");
  }

  record Inner(@Default("2") int second, Optional<String> third) {}

  record Middle(@Part Inner inner, @Default("4") @Range(max = 9) int fourth) {}

  record Whole(int first, @Part Middle middle, @Default("5") int fifth) {}

  @Test
  void keysOfPartsStandInTheirPlace() {
    Whole whole = Binder.bind(ConfigNode.parse("{fourth: 7, first: 1}", "t"), Whole.class);
    assertThat(whole).isEqualTo(new Whole(1, new Middle(new Inner(2, Optional.empty()), 7), 5));
    ConfigNode resolved = Binder.resolve(whole);
    assertThat(resolved.toYaml()).isEqualTo("first: 1\nsecond: 2\nfourth: 7\nfifth: 5\n");
    assertThat(Binder.bind(resolved, Whole.class)).isEqualTo(whole);
    assertThat(Binder.keys(Whole.class, Map.of()).stream().map(KeyDescription::path))
        .containsExactly("first", "second", "third", "fourth", "fifth");
    ConfigNode misspelt = ConfigNode.parse("{first: 1, forth: 3}", "t");
    Failures.assertFails(
        ExitCode.BAD_DATA, () -> Binder.bind(misspelt, Whole.class), "t:1", "'fourth'");
  }
}
