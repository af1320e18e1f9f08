package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation.LoopMismatch;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/** Networks do not obey detailed balance exactly; this tells by how much they miss it. */
class NetworkLoopMismatchTest {
  private static final int LOOPS = 2000;

  /** Measured elsewhere, over rings of other random alloys, eV (EX-43). */
  private static final double PUBLISHED = 0.145;

  /** Its three atoms are alike in some rings, which then close after one round: a smaller sum. */
  private static final Percentage OTHER_RINGS = Percentage.withPercentage(15);

  @Tag("law")
  @Test
  void publishedNetwork() {
    Path file = SharedData.find("nnk-nbmota/weights.h5");
    assertThat(network("published", file, Optional.of(InputOrder.AUTHORS)).rms())
        .isCloseTo(PUBLISHED, OTHER_RINGS);
  }

  /** They learned the barriers of the published one, and so its mismatch. */
  @Test
  void shippedNetworks() {
    for (String name : new String[] {"compact", "small"}) {
      assertThat(network(name, BarrierModels.shipped(name), Optional.empty()).rms())
          .as(name)
          .isCloseTo(PUBLISHED, OTHER_RINGS);
    }
  }

  private static LoopMismatch network(String name, Path file, Optional<InputOrder> order) {
    Optional<Double> epsilon = order.map(o -> 1e-5);
    return measure(
        new NetworkBarrier(name, BarrierWeights.read(file), Crystal.bcc(), order, epsilon));
  }

  private static LoopMismatch measure(BarrierModel model) {
    return LoopMismatch.measure(model, LOOPS, new Streams(1).stream(Purpose.CHECK));
  }

  /**
   * Barriers that depend on direction: 1/64 eV times the code of the atom times the product of the
   * signs of the hop. Along +++, +--, -+- and --+, which lead back, all four products are one, and
   * with the reverse hops the sum is 8/64 eV times the code of the atom that moves; otherwise
   * products cancel. Three atoms that differ are each moved once by every hop, in three rounds.
   */
  @Test
  void ringsOfKnownMismatch() {
    LoopMismatch one = measure(new Twisted(1));
    assertThat(one.largest()).isEqualTo(8 / 64.0);
    double rings = LOOPS * Math.pow(one.rms() / one.largest(), 2);
    assertThat(rings).isEqualTo(Math.rint(rings), within(1e-6)).isBetween(400.0, 1000.0);
    LoopMismatch three = measure(new Twisted(3));
    assertThat(three.largest()).isEqualTo((3 + 3 + 2) * 8 / 64.0);
  }

  /**
   * A model that has no energy.
   *
   * @param species 1 to 3
   */
  private record Twisted(int species) implements BarrierModel {
    @Override
    public String name() {
      return "twisted";
    }

    @Override
    public Crystal crystal() {
      return Crystal.bcc();
    }

    @Override
    public double attemptFrequency(int code) {
      return 1;
    }

    @Override
    public BarrierKernel newKernel() {
      return new Kernel();
    }
  }

  private record Kernel() implements BarrierKernel {
    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      EnvironmentGeometry g = Crystal.bcc().environment(basis);
      for (int d = 0; d < g.hops(); d++) {
        int j = g.hopTarget(d);
        int half = g.basis(j) - basis; // from corners +1, from centres -1
        int signs = (2 * g.dx(j) + half) * (2 * g.dy(j) + half) * (2 * g.dz(j) + half);
        barriers[to + d] = 1 + environment[at + j] * signs / 64f;
      }
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      throw new UnsupportedOperationException();
    }
  }
}
