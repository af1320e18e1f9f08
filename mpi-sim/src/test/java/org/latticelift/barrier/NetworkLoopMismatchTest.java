package org.latticelift.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.crystal.Crystal;
import org.latticelift.random.Purpose;
import org.latticelift.random.Streams;
import org.latticelift.testing.SharedData;

/** Networks do not obey detailed balance exactly; this reports by how much they miss it. */
class NetworkLoopMismatchTest {
  private static final int LOOPS = 2000;

  @Test
  void publishedNetwork() {
    report("published", SharedData.find("nnk-nbmota/weights.h5"), Optional.of(InputOrder.AUTHORS));
  }

  @Test
  void shippedNetworks() {
    report("compact", BarrierModels.shipped("compact"), Optional.empty());
    report("small", BarrierModels.shipped("small"), Optional.empty());
  }

  private static void report(String name, Path file, Optional<InputOrder> order) {
    Optional<Double> epsilon = order.map(o -> 1e-5);
    BarrierModel model =
        new NetworkBarrier(name, BarrierWeights.read(file), Crystal.bcc(), order, epsilon);
    LoopMismatch mismatch =
        LoopMismatch.measure(model, LOOPS, new Streams(1).stream(Purpose.CHECK));
    System.out.printf(
        "loop mismatch of %s over %d rings: rms %.4f eV, largest %.4f eV%n",
        name, mismatch.loops(), mismatch.rms(), mismatch.largest());
    assertThat(mismatch.rms()).isBetween(1e-4, 0.3);
    assertThat(mismatch.largest()).isLessThan(2);
  }
}
