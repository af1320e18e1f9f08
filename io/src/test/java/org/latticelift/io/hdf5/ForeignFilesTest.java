package org.latticelift.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.io.testing.SharedData;

/** Files that h5py wrote: old superblocks, enumerations, chunks, text of variable length. */
class ForeignFilesTest {
  @TempDir Path folder;

  @Test
  void publishedWeights() {
    try (Hdf5Reader reader = Hdf5Reader.open(SharedData.find("nnk-nbmota/weights.h5"))) {
      assertThat(reader.requireDims("/layer0/W", 729, 128)).hasSize(2);
      assertThat(reader.floats("/layer0/W")).hasSize(729 * 128);
      assertThat(reader.floats("/output/b", 0, 1)[0]).isFinite();
      assertThat(reader.doubleAttribute("/", "batchnorm_epsilon")).isEqualTo(1e-5);
    }
  }

  @Test
  void publishedBarriersWithBooleans() {
    try (Hdf5Reader reader = Hdf5Reader.open(SharedData.find("barriers-public.h5"))) {
      assertThat(reader.requireDims("/grid", 60, 16, 16, 16)).hasSize(4);
      assertThat(reader.bytes("/grid")).contains(-1, 0, 1, 2, 3);
      assertThat(reader.type("/blocked")).isEqualTo(ElementType.INT8);
      assertThat(reader.bytes("/blocked")).containsOnly(0, 1).contains(1).hasSize(60 * 64);
      assertThat(reader.ints("/vac_pos", 0, 3)).isNotEmpty();
      assertThat(reader.doubles("/network_f64")).hasSize(60 * 64);
      assertThat(reader.floats("/barrier_f32")).contains(Float.POSITIVE_INFINITY);
    }
  }

  @Test
  void chunkedCompressedBigEndianAndVariableLengthText() {
    Path file = folder.resolve("foreign.h5");
    String program =
        """
        import sys, h5py, numpy as np
        f = h5py.File(sys.argv[1], 'w')
        f.create_dataset('c', data=np.arange(1000, dtype='i8').reshape(10, 100), compression='gzip')
        f.create_dataset('flags', data=np.arange(8) % 2 == 1, chunks=(4,))
        f['be'] = np.array([1.5, -2.5], dtype='>f8')
        f['text'] = 'hello'
        f['u16'] = np.array([65535], dtype='u2')
        f.attrs['name'] = 'vlen'
        f.attrs['x'] = 0.5
        """;
    ExternalTool.h5py(program, file.toString());
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.longs("/c", 998, 2)).containsExactly(998, 999);
      assertThat(reader.ints("/c", 0, 2)).containsExactly(0, 1);
      assertThat(reader.bytes("/flags")).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
      assertThat(reader.doubles("/be")).containsExactly(1.5, -2.5);
      assertThat(reader.text("/text")).isEqualTo("hello");
      assertThat(reader.ints("/u16")).containsExactly(65535);
      assertThat(reader.textAttribute("/", "name")).isEqualTo("vlen");
      assertThat(reader.doubleAttribute("/", "x")).isEqualTo(0.5);
    }
  }
}
