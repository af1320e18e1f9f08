package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.ExitCode;

class ConfigBadInputTest {
  enum Model {
    COMPACT,
    PAIRWISE
  }

  record Conditions(
      @Key("temperature_K") @Range(min = 0, minOpen = true, max = 1e5) List<Double> temperatures) {}

  record Root(
      @Default("1") long seed,
      @Default("4") @Range(min = 1) int threads,
      Optional<Conditions> conditions,
      @Default("compact") Model model,
      @Default("none") @OneOf({"none", "sample", "all"}) String keep,
      @Default("compact") @OneOf("compact") Model shipped,
      @Default("[]") @OneOf("pairwise") List<Model> others,
      @Default("false") boolean deep) {
    Root {
      if (seed == 13) {
        throw new IllegalArgumentException("seed 13 is unlucky");
      }
    }
  }

  private static void bad(String yaml, String... parts) {
    assertFails(
        ExitCode.BAD_DATA,
        () -> Binder.bind(ConfigNode.parse(yaml, "quickstart.yaml"), Root.class),
        parts);
  }

  @Test
  void unknownKeyNamesTheNearest() {
    bad(
        "seed: 1\nconditions:\n  tempratures: [1]\n",
        "unknown key 'tempratures' (quickstart.yaml:3 conditions)",
        "allowed: temperature_K",
        "Did you mean 'temperature_K'?");
  }

  @Test
  void unknownKeyAtTheTop() {
    bad("sede: 1", "unknown key 'sede' (quickstart.yaml:1)", "seed", "Did you mean 'seed'?");
    bad("completely_different: 1", "Remove it");
  }

  @Test
  void wrongType() {
    bad("seed: many", "'many' is not allowed here (quickstart.yaml:1 seed): a whole number");
    bad("seed: \"1\"", "a whole number");
    bad("seed: 1.5", "a whole number");
    bad("seed: 1e300", "a whole number");
    bad("seed: 99999999999999999999", "a whole number");
    bad("seed: 9999999999999999999", "2^63");
    bad("seed:", "'nothing'");
    bad("seed: [1]", "a list of 1");
    bad("threads: 3000000000", "below 2^31");
    bad("deep: yes", "true or false");
    bad("conditions: 5", "a mapping with the keys temperature_K");
    bad("conditions: {temperature_K: 5}", "a list such as");
  }

  @Test
  void constantsWithoutMeaningHereAreNotAmongTheChoices() {
    bad("shipped: pairwise", "unknown value 'pairwise'", ":1 shipped", "allowed: compact.");
    bad("shipped: compat", "unknown value 'compat'", "Did you mean 'compact'?");
    bad("shipped: [compact]", "a list of 1");
    bad("shipped:", "'nothing'");
    bad("others: [pairwise, compact]", "unknown value 'compact'", "others[1]", "allowed: pairwise");
  }

  @Test
  void notANumber() {
    bad("conditions: {temperature_K: [.nan]}", "'.nan'", "conditions.temperature_K[0]", "finite");
    bad("conditions: {temperature_K: [NaN]}", "finite");
    bad("conditions: {temperature_K: [.inf]}", "finite");
    bad("conditions: {temperature_K: [1e999]}", "finite");
  }

  @Test
  void outOfRange() {
    bad("threads: 0", "out of range (quickstart.yaml:1 threads): at least 1");
    bad("conditions: {temperature_K: [300, -5]}", "'-5'", "[1]", "above 0 and at most 100000");
  }

  @Test
  void unknownChoice() {
    bad("model: compct", "unknown value 'compct'", "compact, pairwise", "Did you mean 'compact'?");
    bad("keep: everything", "none, sample, all");
  }

  @Test
  void missingKey() {
    bad("conditions: {}", "missing key 'temperature_K'", "quickstart.yaml:1 conditions");
  }

  @Test
  void duplicateKey() {
    bad("seed: 1\nthreads: 2\nseed: 3", "'seed' appears twice (quickstart.yaml:3)");
  }

  /** No tag changes what a value is; none is passed over. */
  @Test
  void tagsAreRefused() {
    bad("threads: 2\nseed: !!java.lang.Runtime 1", "tag !!java.lang.Runtime", "quickstart.yaml:2");
    bad("seed: !!int 1", "tag !!int", "without tags");
    bad("seed: !!str 1", "tag !!str");
    bad("seed: !mine 1", "tag !mine");
    bad("seed: ! 1", "tag !");
    bad("!!map {seed: 1}", "tag !!map");
    bad("list: !!seq [1]", "tag !!seq");
    bad("!!str seed: 1", "tag !!str");
    bad("list: [1, !!set {a, b}]", "tag !!set");
  }

  /** In a time that grows with its length. */
  @Test
  @Timeout(5)
  void aLongScalarIsReadAtOnce() {
    String text = "a".repeat(3_000_000);
    for (String yaml : new String[] {text, "\"" + text + "\"", "'" + text + "'"}) {
      ConfigNode node = ConfigNode.parse("seed: " + yaml + "\ndeep: true", "long.yaml");
      assertThat(node.get("seed").text()).hasSize(text.length());
    }
  }

  @Test
  void invalidYaml() {
    bad("seed: [1, 2", "not valid YAML", "quickstart.yaml:");
    bad("seed: 1\n\tthreads: 2", "not valid YAML");
    bad("a: 1\n---\nb: 2", "not valid YAML");
    bad("[1, 2]: 3", "not valid YAML");
    bad("- 1", "a mapping");
  }

  @Test
  void nestedWithoutEnd() {
    bad("conditions: &a {x: *a}", "quickstart.yaml:1");
  }

  @Test
  void nestedTooDeep() {
    for (int depth : new int[] {51, 1300, 200_000}) {
      bad("seed: 1\nthreads: " + "[".repeat(depth) + "]".repeat(depth), "quickstart.yaml:2");
      bad("seed: 1\nthreads: " + "{a: ".repeat(depth) + "}".repeat(depth), "quickstart.yaml:2");
      bad("seed: 1\nthreads: " + "[".repeat(depth), "nested", "quickstart.yaml:2");
    }
    bad("- ".repeat(1300) + "1", "nested");
    bad("? ".repeat(1300) + "1", "nested");
  }

  @Test
  void anOverrideOfTooManyParts(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "seed: 1");
    String key = "a.".repeat(100_000) + "b=1";
    assertFails(ExitCode.USAGE, () -> ConfigNode.load(file, List.of(key)), "joined by dots");
  }

  @Test
  void refusedByTheRecord() {
    bad("seed: 13", "seed 13 is unlucky (quickstart.yaml:1)");
  }

  @Test
  void missingFileAndBadOverride(@TempDir Path folder) throws Exception {
    assertFails(
        ExitCode.MISSING_INPUT,
        () -> ConfigNode.load(folder.resolve("no.yaml"), List.of()),
        "no.yaml");
    Path file = Files.writeString(folder.resolve("a.yaml"), "seed: 1");
    assertFails(ExitCode.USAGE, () -> ConfigNode.load(file, List.of("seed")), "key.path=value");
    assertFails(ExitCode.BAD_DATA, () -> ConfigNode.load(file, List.of("seed=[1")), "--set");
    assertFails(
        ExitCode.BAD_DATA,
        () -> Binder.bind(ConfigNode.load(file, List.of("sed=1")), Root.class),
        "'sed'",
        "--set");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertFails(ExitCode.BAD_DATA, () -> ConfigNode.load(file, List.of()), "UTF-8");
  }
}
