package org.latticelift.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;

class Hdf5RoundTripTest {
  private static final DatasetInfo SCALAR = DatasetInfo.of("1", "a scalar");

  @TempDir Path folder;

  private Path sample() {
    Path file = folder.resolve("sample.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", new String[] {"Nb", "Mo", "Ta"});
      writer.attribute("/", "count", 3L);
      writer.group("/empty");
      writer.dataset(
          "/T2000/species",
          new byte[] {0, 1, 2, 3, (byte) 200, 5},
          new long[] {2, 3},
          DatasetInfo.of("1", "species codes", "x", "y").asUnsigned());
      writer.dataset("/T2000/time", new double[] {1e-9, 2e-9}, new long[] {2}, s("snapshot"));
      writer.dataset("/T2000/jumps", new long[] {1L << 40, 7}, new long[] {2}, s("snapshot"));
      writer.dataset("/w", new float[] {1, 2, 3, 4, 5, 6}, new long[] {1, 2, 3}, s("a", "b", "c"));
      writer.dataset("/i", new int[] {-1, 2}, new long[] {2}, s("a"));
      writer.dataset("/none", new double[0], new long[] {0, 6}, s("n", "m"));
      writer.dataset("/scalar", new double[] {2.5}, new long[] {}, SCALAR);
      writer.text("/provenance/configuration", "seed: 1\nÅ: \"x\"\n", SCALAR);
      writer.text("/blank", "", SCALAR);
      writer.texts("/names", new String[] {"T1000", "T200"}, s("condition"));
    }
    return file;
  }

  private static DatasetInfo s(String... axes) {
    return DatasetInfo.of("s", "a quantity", axes);
  }

  @Test
  void everythingReadsBack() {
    try (Hdf5Reader reader = Hdf5Reader.open(sample())) {
      assertThat(reader.children("/"))
          .containsExactly(
              "T2000", "blank", "empty", "i", "names", "none", "provenance", "scalar", "w");
      assertThat(reader.children("/empty")).isEmpty();
      assertThat(reader.type("/T2000/species")).isEqualTo(ElementType.UINT8);
      assertThat(reader.bytes("/T2000/species")).containsExactly(0, 1, 2, 3, -56, 5);
      assertThat(reader.ints("/T2000/species")).containsExactly(0, 1, 2, 3, 200, 5);
      assertThat(reader.requireDims("/T2000/species", -1, 3)).containsExactly(2, 3);
      assertThat(reader.doubles("/T2000/time")).containsExactly(1e-9, 2e-9);
      assertThat(reader.longs("/T2000/jumps")).containsExactly(1L << 40, 7);
      assertThat(reader.floats("/w", 2, 3)).containsExactly(3, 4, 5);
      assertThat(reader.doubles("/w", 5, 1)).containsExactly(6);
      assertThat(reader.doubles("/i")).containsExactly(-1, 2);
      assertThat(reader.doubles("/none")).isEmpty();
      assertThat(reader.dims("/scalar")).isEmpty();
      assertThat(reader.doubles("/scalar")).containsExactly(2.5);
      assertThat(reader.text("/provenance/configuration")).isEqualTo("seed: 1\nÅ: \"x\"\n");
      assertThat(reader.text("/blank")).isEmpty();
      assertThat(reader.texts("/names")).containsExactly("T1000", "T200");
      assertThat(reader.textListAttribute("/", "species_names")).containsExactly("Nb", "Mo", "Ta");
      assertThat(reader.longAttribute("/", "count")).isEqualTo(3);
      assertThat(reader.textAttribute("/T2000/time", "units")).isEqualTo("s");
      assertThat(reader.textAttribute("/T2000/species", "axes")).isEqualTo("x y");
      assertThat(reader.findAttribute("/w", "absent")).isEmpty();
      assertThat(reader.exists("/absent")).isFalse();
      assertThat(reader.isGroup("/T2000")).isTrue();
    }
  }

  @Test
  void equalContentGivesEqualBytes() throws Exception {
    byte[] first = Files.readAllBytes(sample());
    Files.delete(folder.resolve("sample.h5"));
    assertThat(Files.readAllBytes(sample())).isEqualTo(first);
  }

  @Test
  void h5dumpReadsIt() {
    assertThat(ExternalTool.run("h5dump", sample().toString()))
        .contains("H5T_STD_U8LE", "200", "\"T1000\"", "long_name", "1e-09");
  }

  @Test
  void h5pyReadsIt() {
    String program =
        """
        import sys, h5py
        f = h5py.File(sys.argv[1])
        print(f['T2000/species'].dtype, f['T2000/species'][1, 1], f['w'].shape, f['none'].shape)
        print(f['T2000/time'].attrs['units'].decode(), f.attrs['species_names'][2].decode())
        print(f['provenance/configuration'][()].decode() == 'seed: 1\\nÅ: "x"\\n', f['scalar'][()])
        """;
    assertThat(ExternalTool.h5py(program, sample().toString()))
        .contains("uint8 200 (1, 2, 3) (0, 6)", "s Ta", "True 2.5");
  }

  @Test
  void slabsOfAReservedDatasetAreWrittenByPosition() throws Exception {
    Path file = folder.resolve("large.h5");
    long[] dims = {3, 1000, 1000, 1000};
    SlabDataset slab;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      DatasetInfo info = DatasetInfo.of("1", "codes", "s", "x", "y", "z").asUnsigned();
      slab = writer.reserve("/a/species", ElementType.UINT8, dims, info);
      writer.dataset("/z", new int[] {9}, new long[] {1}, s("a"));
    }
    try (slab) {
      slab.write(0, new byte[] {1, 2}, 0, 2);
      slab.write(2_999_999_998L, new byte[] {0, 3, 4}, 1, 2);
      slab.force();
    }
    try (SlabDataset again = SlabDataset.open(file, "/a/species")) {
      again.write(2_000_000_000L, new byte[] {7}, 0, 1);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.dims("/a/species")).isEqualTo(dims);
      assertThat(reader.bytes("/a/species", 0, 3)).containsExactly(1, 2, 0);
      assertThat(reader.bytes("/a/species", 2_999_999_998L, 2)).containsExactly(3, 4);
      assertThat(reader.bytes("/a/species", 2_000_000_000L, 1)).containsExactly(7);
      assertThat(reader.ints("/z")).containsExactly(9);
      assertThat(reader.handle("/a/species").address() % FlatDataset.ALIGNMENT).isZero();
    }
    assertThat(Files.size(file)).isGreaterThan(3_000_000_000L);
    String program =
        """
        import sys, os, h5py
        d = h5py.File(sys.argv[1])['a/species']
        print(d[2, 999, 999, 998:], d[2, 0, 0, 0], d.id.get_offset() % 4096)
        print('sparse', os.stat(sys.argv[1]).st_blocks * 512 < 10_000_000)
        """;
    assertThat(ExternalTool.h5py(program, file.toString())).contains("[3 4] 7 0", "sparse True");
    assertThat(ExternalTool.run("h5dump", "-H", file.toString())).contains("1000, 1000, 1000");
  }

  @Test
  void reservedDoubles() {
    Path file = folder.resolve("doubles.h5");
    SlabDataset slab;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      slab = writer.reserve("/d", ElementType.FLOAT64, new long[] {300_000}, s("i"));
    }
    double[] data = new double[300_000];
    java.util.Arrays.setAll(data, i -> i);
    try (slab) {
      slab.write(0, data, 0, 200_000);
      slab.write(200_000, data, 200_000, 100_000);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.doubles("/d")).isEqualTo(data);
    }
  }

  @Test
  void programmingErrorsAreRefused() {
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("p.h5"))) {
      SlabDataset slab = writer.reserve("/slab", ElementType.INT32, new long[] {4}, s("a"));
      assertThatThrownBy(() -> slab.write(0, new int[4], 0, 4)).hasMessageContaining("close");
      writer.dataset("/a", new int[4], new long[] {4}, s("a"));
      assertThatThrownBy(() -> writer.dataset("/a", new int[4], new long[] {4}, s("a")))
          .hasMessageContaining("before");
      assertThatThrownBy(() -> writer.dataset("/b", new int[4], new long[] {5}, s("a")))
          .hasMessageContaining("[5]");
      assertThatThrownBy(() -> writer.dataset("/b", new int[4], new long[] {4}, s()))
          .hasMessageContaining("axes");
      assertThatThrownBy(() -> writer.group("/a/b")).hasMessageContaining("dataset");
      assertThatThrownBy(() -> writer.attribute("/", "x", "y".repeat(70_000)))
          .hasMessageContaining("60 kB");
    }
  }
}
