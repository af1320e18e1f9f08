package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.latticelift.io.testing.ChildJava;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** A Java machine started without the Vector API's module: plain kernels, one note, equal bits. */
class WithoutVectorModuleTest {
  /** The program of the child. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      System.out.println("bits " + bits());
    }
  }

  /** Checksum over many barriers by the fastest kernels of this Java machine, and their name. */
  private static String bits() {
    Random random = new Random(3);
    CRC32 sum = new CRC32();
    for (Activation activation : Activation.values()) {
      BarrierWeights weights = RandomWeights.oneHot(Crystal.bcc(), 3, activation, 9, 33, 64);
      NetworkBarrier model =
          new NetworkBarrier("test", weights, Crystal.bcc(), Optional.empty(), Optional.empty());
      byte[] environments = RandomWeights.environments(random, Crystal.bcc(), 3, 2000);
      float[] barriers = new float[2000 * 8];
      model.newKernel().barriers(2000, environments, random.ints(2000, 0, 2).toArray(), barriers);
      for (float barrier : barriers) {
        int bits = Float.floatToRawIntBits(barrier);
        for (int shift = 0; shift < 32; shift += 8) {
          sum.update(bits >>> shift);
        }
      }
    }
    return Long.toHexString(sum.getValue());
  }

  @Test
  void plainKernelsGiveTheSameBitsAndOneNote() throws Exception {
    List<String> lines = ChildJava.lines(Child.class);
    assertThat(KernelFactories.fastest().name()).isNotEqualTo(KernelFactories.plain().name());
    assertThat(lines).contains("bits " + bits());
    assertThat(lines.stream().filter(line -> line.contains("plain barrier kernels"))).hasSize(1);
  }
}
