package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Both forms of weight files, and what is wrong with others. */
class BarrierWeightsFileTest {
  @TempDir private Path folder;

  private Path write(Consumer<Hdf5Writer> content) {
    Path file = folder.resolve("w" + folder.toFile().list().length + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      content.accept(writer);
    }
    return file;
  }

  private static void set(Hdf5Writer writer, String path, float value, long... dims) {
    int count = 1;
    for (long d : dims) {
      count *= (int) d;
    }
    float[] data = new float[count];
    java.util.Arrays.fill(data, value);
    writer.dataset(
        path,
        data,
        dims,
        DatasetInfo.of(
            "1", "test", List.of("a", "b", "c").subList(0, dims.length).toArray(String[]::new)));
  }

  private void refused(Consumer<Hdf5Writer> content, String... parts) {
    assertFails(ExitCode.BAD_DATA, () -> BarrierWeights.read(write(content)), parts);
  }

  private static void assertSame(BarrierWeights read, BarrierWeights written) {
    assertThat(read).usingRecursiveComparison().ignoringFields("source").isEqualTo(written);
  }

  @Test
  void ownFormComesBackBitForBit() {
    BarrierWeights weights =
        RandomWeights.oneHot(Crystal.fcc(), 4, Activation.SILU, 3, 9, 5)
            .with(Optional.of(InputOrder.NNK), Optional.empty());
    assertSame(BarrierWeights.read(write(weights::write)), weights);
  }

  @Test
  void publishedFormComesBackBitForBit() {
    BarrierWeights weights =
        BarrierWeights.read(SharedData.find("nnk-nbmota/weights.h5"))
            .with(Optional.of(InputOrder.AUTHORS), Optional.of(1e-5));
    assertSame(BarrierWeights.read(write(weights::write)), weights);
  }

  @Test
  void theRecordedOrderIsTheOnlyOne() {
    BarrierWeights weights =
        BarrierWeights.read(SharedData.find("nnk-nbmota/weights.h5"))
            .with(Optional.of(InputOrder.AUTHORS), Optional.of(1e-5));
    BarrierWeights read = BarrierWeights.read(write(weights::write));
    assertThat(read.stated().order()).contains(InputOrder.AUTHORS);
    assertThat(read.resolveEpsilon(Optional.empty())).isEqualTo(1e-5);
    assertFails(
        ExitCode.BAD_DATA,
        () -> read.resolveOrder(Optional.of(InputOrder.NNK)),
        "'nnk' contradicts the weights",
        "'authors'");
  }

  @Test
  void refusesWrongShapes() {
    refused(w -> set(w, "/layer0/W", 0, 728, 4), "/layer0/W", "728", "729");
    refused(w -> set(w, "/layer1/W", 0, 4, 4), "/layer0/W");
    refused(w -> first(w, 0, 5), "/layer0/b", "5", "4");
    refused(
        w -> {
          first(w, 0, 4);
          set(w, "/layer1/W", 0, 3, 4);
        },
        "/layer1/W",
        "3",
        "4");
    refused(
        w -> {
          first(w, 0, 4);
          set(w, "/output/W", 0, 4, 2);
        },
        "/output/W",
        "2",
        "1");
    refused(
        w -> {
          set(w, "/layer0/W", 0, 729, 4);
          set(w, "/layer0/b", 0, 4);
          set(w, "/layer0/gamma", 0, 4);
        },
        "/layer0/beta");
  }

  private static void first(Hdf5Writer writer, float value, int biases) {
    set(writer, "/layer0/W", value, 112, 3, 4);
    set(writer, "/layer0/b", 0, biases);
  }

  private static void small(Hdf5Writer writer, float value) {
    first(writer, value, 4);
    set(writer, "/output/W", 0, 4, 1);
    set(writer, "/output/b", 0, 1);
  }

  @Test
  void refusesWrongValues() {
    refused(w -> small(w, Float.NaN), "entry 0 is NaN", "layer0/W");
    refused(w -> small(w, Float.POSITIVE_INFINITY), "entry 0 is Infinity");
    refused(
        w -> {
          small(w, 0);
          w.attribute("/", "order", "sideways");
        },
        "'sideways'",
        "attribute order",
        "authors or nnk");
    refused(
        w -> {
          small(w, 0);
          w.attribute("/", "attempt_frequency_per_s", -1e13);
        },
        "attempt frequency -1.0E13");
    refused(
        w -> {
          small(w, 0);
          w.attribute("/", "attempt_frequency_per_s", new double[] {1e13, 2e13});
        },
        "2 numbers",
        "one for each of 3");
    refused(
        w -> {
          small(w, 0);
          w.attribute("/", "batchnorm_epsilon", Double.NaN);
        },
        "epsilon NaN");
  }

  @Test
  void refusesOtherCrystals() {
    BarrierWeights weights = BarrierWeights.read(write(w -> small(w, 0)));
    assertFails(
        ExitCode.BAD_DATA,
        () -> new NetworkBarrier("n", weights, Crystal.fcc(), Optional.empty(), Optional.empty()),
        "112 environment sites",
        "crystal 'fcc'");
  }
}
