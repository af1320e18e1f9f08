package org.latticelift.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkSizesTest {
  private static final String CONFIG =
      """
      system: curie-weiss
      lattice: {small: 4, large: 8}
      simulate: {runs: 3, records: 10, duration: {events: 160}}
      train: {epochs: 5, models: 2}
      sizes:
        quick: {conditions: {temperature: [1.1]}, simulate.runs: 4, train: {epochs: 7}}
        full: {conditions: {temperature: [1.1, 1.3]}, simulate.runs: 40}
      """;

  @TempDir private Path folder;

  private Pipeline load(String text, String... overrides) throws Exception {
    Path file = Files.writeString(folder.resolve("sizes.yaml"), text);
    return Pipeline.load(file, List.of(overrides), OptionalLong.empty());
  }

  @Test
  void aSizeStandsInPlaceOfTheFileAndTheCommandLineOverBoth() throws Exception {
    Pipeline quick = load(CONFIG);
    assertThat(quick.config().simulate().runs()).isEqualTo(4);
    assertThat(quick.config().learning().train().epochs().number()).hasValue(7);
    assertThat(quick.config().learning().train().sampling().models())
        .isEqualTo(2); // the rest of the section
    Pipeline full = load(CONFIG, "size=full");
    assertThat(full.system().conditions()).hasSize(2);
    assertThat(full.config().simulate().runs()).isEqualTo(40);
    assertThat(full.config().simulate().records()).isEqualTo(10);
    assertThat(full.config().learning().train().epochs().number()).hasValue(5);
    Pipeline one = load(CONFIG, "simulate.runs=1", "size=full");
    assertThat(one.config().simulate().runs()).isEqualTo(1);
    assertThat(one.resolvedYaml()).doesNotContain("sizes");
  }

  /** Who writes the same keys in another order continues the run, and has its results. */
  @Test
  void theOrderOfKeysIsNoDifference() throws Exception {
    Pipeline one = load(CONFIG, "upsample.draw=once", "upsample.groups=2", "train.batch=64");
    Pipeline same = load(CONFIG, "train.batch=64", "upsample.groups=2", "upsample.draw=once");
    assertThat(one.configuration().fingerprint()).isEqualTo(same.configuration().fingerprint());
    String lattice = CONFIG.replace("{small: 4, large: 8}", "{large: 8, small: 4}");
    assertThat(load(lattice).configuration().fingerprint())
        .isEqualTo(load(CONFIG).configuration().fingerprint());
    assertThat(load(CONFIG, "train.models=4").configuration().fingerprint())
        .isNotEqualTo(same.configuration().fingerprint());
    String dataKey = load(CONFIG).configuration().dataKey();
    assertThat(load(lattice).configuration().dataKey()).isEqualTo(dataKey);
  }

  @Test
  void unknownSizesAreRefused() {
    assertFails(() -> load(CONFIG, "size=huge"), "huge", "quick, full");
    String without = CONFIG.substring(0, CONFIG.indexOf("sizes:"));
    assertFails(
        () -> load(without + "conditions: {temperature: [1.1]}\n", "size=full"), "without sizes");
  }
}
