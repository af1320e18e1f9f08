package org.latticelift.app.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.app.launch.RankProcess.RankOptions;
import org.latticelift.io.error.ExitCode;

class RankOptionsTest {
  @Test
  void bothFormsOfAValueAreRead() {
    RankOptions options =
        RankOptions.of(List.of("--np=4", "--transport", "local", "run", "a.yaml", "--seed", "3"));
    assertThat(options.ranks()).contains(4);
    assertThat(options.transport()).contains("local");
    assertThat(options.command()).containsExactly("run", "a.yaml", "--seed", "3");
  }

  @Test
  void nothingBeforeTheCommandIsNothingWanted() {
    RankOptions options = RankOptions.of(List.of("run", "a.yaml"));
    assertThat(options.ranks()).isEmpty();
    assertThat(options.transport()).isEmpty();
    options.requireNone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5", "10000000", ""})
  void aNumberOfRanksIsAtLeastOne(String value) {
    assertFails(ExitCode.USAGE, () -> RankOptions.of(List.of("--np", value, "run")), "--np");
  }

  @Test
  void aRankStartsNoFurtherRanks() {
    RankOptions options = RankOptions.of(List.of("--np", "2", "run"));
    assertThatThrownBy(options::requireNone).hasMessageContaining("a rank already");
  }
}
