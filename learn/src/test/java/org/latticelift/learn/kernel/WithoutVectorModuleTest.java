package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.testing.ChildJava;
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
    List<String> lines = ChildJava.lines(Child.class);
    assertThat(TileFactories.fastest().name()).isNotEqualTo(TileFactories.plain().name());
    assertThat(lines).contains("bits " + bits());
    assertThat(lines.stream().filter(line -> line.contains("plain ensemble kernels"))).hasSize(1);
  }
}
