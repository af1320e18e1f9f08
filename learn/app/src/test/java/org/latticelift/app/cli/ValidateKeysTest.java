package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --keys}: every section once, with its keys below it. */
class ValidateKeysTest {
  @TempDir private Path folder;

  @Test
  void everySectionStandsOnceWithItsKeys() {
    Path config = TinyRun.write(folder.resolve("tiny.yaml"), TinyRun.CONFIG);
    TinyRun.Outcome outcome = TinyRun.run("validate", "--keys", config.toString());
    assertThat(outcome.code()).isZero();
    List<String> lines = outcome.out().lines().toList();
    List<String> sections =
        lines.stream()
            .filter(line -> !line.startsWith(" "))
            .map(line -> line.split(" ")[0])
            .toList();
    assertThat(sections).doesNotHaveDuplicates().contains("system", "barrier", "evolve", "output");
    for (String key :
        List.of(
            "  keep_samples", "  shard_samples", "  cache_mib", "  weights", "  temperature_K")) {
      assertThat(lines).anyMatch(line -> line.startsWith(key + " "));
    }
    assertThat(lines).noneMatch(line -> line.matches(".*(confignode|optionaldouble).*"));
  }
}
