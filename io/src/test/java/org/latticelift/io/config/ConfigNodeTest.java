package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;

class ConfigNodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"1e-9", "1e13", "1.0E-9", "-3", ".5", "+7.", "1000"})
  void numbers(String text) {
    ConfigNode node = ConfigNode.parse("x: " + text, "t.yaml").get("x");
    assertThat(node.number()).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void positions() {
    ConfigNode root =
        ConfigNode.parse("a: 1\n\nlattice:\n  small: 3\n  list:\n    - 1\n    - 2", "q.yaml");
    assertThat(root.get("lattice").where()).isEqualTo("q.yaml:3 lattice");
    assertThat(root.get("lattice").get("small").where()).isEqualTo("q.yaml:4 lattice.small");
    assertThat(root.get("lattice").get("list").items().get(1).where())
        .isEqualTo("q.yaml:7 lattice.list[1]");
  }

  @Test
  void overridesAreYaml(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("q.yaml"), "a: {b: 1, c: 2}\nd: x\n");
    ConfigNode node = ConfigNode.load(file, List.of("a.b=[1, 2]", "e.f=1e-9", "d=", "a.c={g: h}"));
    assertThat(node.get("a").get("b").items()).hasSize(2);
    assertThat(node.get("e").get("f").number()).isEqualTo(1e-9);
    assertThat(node.find("d")).isEmpty();
    assertThat(node.get("a").get("c").get("g").text()).isEqualTo("h");
    assertThat(node.get("a").get("b").where()).startsWith("--set").contains("a.b");
  }

  @Test
  void nullLeavesOutASectionOrKeyOfTheFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("q.yaml"), "a: {b: 1, c: 2}\nd: {e: 1}\n");
    assertThat(ConfigNode.load(file, List.of("d=null"))).isEqualTo(parsed("a: {b: 1, c: 2}"));
    assertThat(ConfigNode.load(file, List.of("a.b=null", "d="))).isEqualTo(parsed("a: {c: 2}"));
    assertThat(ConfigNode.load(file, List.of("d=null", "d.f=2")).get("d"))
        .isEqualTo(parsed("f: 2"));
    for (String absent : List.of("x=null", "a.x=null", "x.y=null", "a.b.c=null")) {
      assertFails(ExitCode.BAD_DATA, () -> ConfigNode.load(file, List.of(absent)), "to leave out");
    }
  }

  private static ConfigNode parsed(String yaml) {
    return ConfigNode.parse(yaml, "expected");
  }

  @Test
  void canonicalYamlReadsBack() {
    String yaml =
        """
        plain: some text (a^2)
        quoted: "1e5"
        odd: "- a: b # c"
        'key: odd': "true"
        multi: "line\\n\\ttab \\"q\\" Å"
        empty: ""
        nothing: null
        list: [1, 2.5, x]
        mixed:
          - {a: 1, b: [1, 2]}
          - [x, {y: z}]
        none: []
        map: {}
        nested:
          deep:
            value: -1e-9
        """;
    ConfigNode node = ConfigNode.parse(yaml, "t.yaml");
    ConfigNode again = ConfigNode.parse(node.toYaml(), "u.yaml");
    assertThat(again.toYaml()).isEqualTo(node.toYaml());
    assertThat(again).isEqualTo(node);
    assertThat(again.get("quoted").text()).isEqualTo("1e5");
    assertThat(again.get("odd").text()).isEqualTo("- a: b # c");
    assertThat(again.get("multi").text()).isEqualTo("line\n\ttab \"q\" Å");
    assertThat(again.get("empty").text()).isEmpty();
    assertThat(again.get("nothing").isNull()).isTrue();
    assertThat(again.get("mixed").items().get(1).items().get(1).get("y").text()).isEqualTo("z");
    assertThat(node.with("nested.deep.value", "3").get("nested").get("deep").get("value").integer())
        .isEqualTo(3);
  }

  @Test
  void valuesOfKeyPathsReplaceAddAndLeaveOut() {
    ConfigNode root =
        ConfigNode.parse("seed: 1\ntrain: {epochs: 5, batch: 8}\nnotes: [a, b]\n", "run.yaml");
    ConfigNode values =
        ConfigNode.parse(
            "train.epochs: 3\nsde.widths: [4, {deep: 7}]\nnotes: null\nseed: '2'\nabsent.key: ~",
            "variant.yaml");
    ConfigNode changed = root.with(values);
    assertThat(changed.toYaml())
        .isEqualTo(
            ConfigNode.parse(
                    "seed: '2'\ntrain: {epochs: 3, batch: 8}\nsde: {widths: [4, {deep: 7}]}",
                    "expected")
                .toYaml());
    assertThat(root.get("seed").integer()).isEqualTo(1);
    for (String key : values.keys()) {
      ConfigNode value = values.get(key);
      assertThat(root.with(key, value)).isEqualTo(root.with(key, value.toYaml()));
    }
  }

  /** What a section has beside the keys that are given stays; a key path names all of its value. */
  @Test
  void valuesOfASectionAreThoseOfItsKeys() {
    ConfigNode root =
        ConfigNode.parse(
            "evolve: {closed: tile, samples: 9, duration: {time: 1}}\nensemble: {step: 2}",
            "run.yaml");
    ConfigNode values =
        ConfigNode.parse(
            "evolve: {samples: 3, duration: {events: 7}, absent: ~}\n"
                + "ensemble: {step: ~}\nnew: {a: {b: 1}}",
            "size.yaml");
    ConfigNode dotted =
        ConfigNode.parse(
            "evolve.samples: 3\nevolve.duration: {events: 7}\nensemble.step: ~\nnew: {a: {b: 1}}",
            "size.yaml");
    ConfigNode expected =
        ConfigNode.parse(
            "evolve: {closed: tile, samples: 3, duration: {events: 7}}\n"
                + "ensemble: {}\nnew: {a: {b: 1}}",
            "expected");
    assertThat(root.with(values)).isEqualTo(expected).isEqualTo(root.with(dotted));
    assertThat(root.with(values).get("evolve").get("duration").where())
        .isEqualTo("size.yaml:1 evolve.duration");
  }

  @Test
  void theOrderOfKeysIsNoContent() {
    ConfigNode one = ConfigNode.parse("a: 1\nb: {d: [{x: 1, y: 2}, z], c: 3}", "one");
    ConfigNode same = ConfigNode.parse("b: {c: 3, d: [{y: 2, x: 1}, z]}\na: 1", "other");
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one.canonical()).isEqualTo(same.canonical());
    assertThat(one.toYaml()).isNotEqualTo(same.toYaml());
    assertThat(one)
        .isNotEqualTo(ConfigNode.parse("b: {c: 3, d: [z, {y: 2, x: 1}]}\na: 1", "order of items"))
        .isNotEqualTo(ConfigNode.parse("b: {c: 3, d: [{y: 2, x: 1}, z]}\na: '1'", "a text"));
  }

  @Test
  void setValuesKeepTheirLineAndTakeTheKeyPath() {
    ConfigNode values =
        ConfigNode.parse("variants:\n  a:\n    sde.widths: [4, {deep: 7}]", "v.yaml");
    ConfigNode changed =
        ConfigNode.parse("seed: 1", "run.yaml").with(values.get("variants").get("a"));
    ConfigNode widths = changed.get("sde").get("widths");
    assertThat(widths.where()).isEqualTo("v.yaml:3 sde.widths");
    assertThat(widths.items().get(1).get("deep").where()).isEqualTo("v.yaml:3 sde.widths[1].deep");
  }

  @Test
  void wholeNumbersAreSet() {
    ConfigNode changed = ConfigNode.parse("seed: 1", "run.yaml").with("seed", "" + Long.MIN_VALUE);
    assertThat(changed.get("seed").integer()).isEqualTo(Long.MIN_VALUE);
  }
}
