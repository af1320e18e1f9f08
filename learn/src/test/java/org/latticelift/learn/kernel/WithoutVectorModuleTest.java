package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/** A Java machine started without the Vector API's module: plain tiles, one note, equal bits. */
class WithoutVectorModuleTest {
  /** The program of the child. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      System.out.println("bits " + bits());
    }
  }

  /** Exact sum over the bits of trajectories by the fastest arithmetic of this Java machine. */
  private static long bits() {
    long sum = 0;
    for (SdeArchitecture a : Architectures.all()) {
      SdeParameters p = SdeParameters.initial(a, new Streams(1).stream(Purpose.CHECK));
      SdeTile tile = new SdeTile(new TileProgram(a, p, 1200), TileFactories.fastest().narrow());
      tile.seed(0, new Streams(1).stream(Purpose.CHECK, 1));
      tile.advance(50, 0.01);
      for (int i = 0; i < a.dimension(); i++) {
        sum = 31 * sum + Float.floatToRawIntBits(tile.get(i, 0));
      }
    }
    return sum;
  }

  @Test
  void plainTilesGiveTheSameBitsAndOneNote() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (var out = process.inputReader()) {
      lines = out.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", lines).isZero();
    assertThat(TileFactories.fastest().name()).isNotEqualTo(TileFactories.plain().name());
    assertThat(lines).contains("bits " + bits());
    assertThat(lines.stream().filter(line -> line.contains("plain ensemble kernels"))).hasSize(1);
  }
}
