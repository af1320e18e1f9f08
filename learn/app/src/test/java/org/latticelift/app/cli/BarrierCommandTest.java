package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.testing.SharedData;

class BarrierCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandLines.execute(
        CommandLines.create(new LatticeLift(), new PrintWriter(out), new PrintWriter(err)),
        arguments);
  }

  @Test
  void evaluatesThePublishedNetwork() {
    String weights = SharedData.find("nnk-nbmota/weights.h5").toString();
    String barriers = folder.resolve("b.h5").toString();
    String grids = SharedData.find("barriers-public.h5").toString();
    String[] eval = {
      "barrier",
      "eval",
      "--weights",
      weights,
      "--order",
      "authors",
      "--bn-epsilon",
      "1e-5",
      "--grids",
      grids,
      "--out",
      barriers
    };
    assertThat(run(eval)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("202 vacancies");
    try (Hdf5Reader reader = Hdf5Reader.open(Path.of(barriers))) {
      assertThat(reader.dims("/barrier")).containsExactly(60, 8, 8);
    }
    assertThat(run(eval)).isEqualTo(73);
  }

  @Test
  void refusesWrongOptions() {
    assertThat(run("barrier")).isEqualTo(64);
    String[] eval = {"barrier", "eval", "--weights", "no.h5", "--grids", "g.h5", "--out", "b.h5"};
    String[] more = Arrays.copyOf(eval, eval.length + 2);
    more[eval.length] = "--bn-epsilon";
    more[eval.length + 1] = "NaN";
    assertThat(run(more)).isEqualTo(64);
    more[eval.length] = "--order";
    assertThat(run(more)).isEqualTo(64);
    assertThat(run(eval)).isEqualTo(66);
    assertThat(folder).isEmptyDirectory();
  }
}
