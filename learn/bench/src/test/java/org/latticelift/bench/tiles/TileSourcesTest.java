package org.latticelift.bench.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TileSourcesTest {
  private static final Path PROJECT = Path.of("..", "..");

  @ParameterizedTest
  @EnumSource
  void committedTilesAreThoseOfTheProgram(TileSources kernel) throws IOException {
    String source = Files.readString(kernel.file(PROJECT));
    assertThat(kernel.with(source)).isEqualTo(source);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsChangedByHandIsWrittenAgain(TileSources kernel) throws IOException {
    String source = Files.readString(kernel.file(PROJECT));
    String changed = source.replace("x0.fma(w0, ", "x0.fma(w1, ").replace(".fma(x0, ", ".fma(x1, ");
    assertThat(changed).isNotEqualTo(source);
    assertThat(kernel.with(changed)).isEqualTo(source);
  }

  @Test
  void sourcesWithoutMarksAreRefused() {
    assertThatThrownBy(() -> TileSources.LAYER.with("class Empty {}\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("VectorProduct.java");
  }
}
