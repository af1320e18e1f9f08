package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.lift.ShardJoin.PairsAssembly;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

class PairsFileTest {
  private static final MacroscopicMap MAP =
      new MacroscopicMap(
          List.of("a", "b"),
          new int[] {1},
          new double[] {-1, 1},
          new double[] {0.5, 0},
          new double[] {0.25, 0.25});
  private static final PairsCommon COMMON =
      new PairsCommon(
          MAP,
          new double[] {3, 4},
          8,
          List.of(Condition.of("temperature_K", 800), Condition.of("temperature_K", 2000)),
          new double[] {1e-6, 1e-7},
          new double[] {0.125, 0},
          "s");

  @TempDir private Path folder;

  private static Map<PairColumn, Object> columns(double first, int condition) {
    Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
    columns.put(PairColumn.Z0, new double[] {first, 2, 3, 4, 5, 6});
    columns.put(PairColumn.DT, new double[] {1, 2, 3});
    columns.put(PairColumn.CONDITION, new int[] {condition, condition, condition});
    columns.put(PairColumn.SAMPLE, new long[] {0, 1, 2});
    columns.put(PairColumn.PATCH_BEFORE, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    return columns;
  }

  private Path written(Map<PairColumn, Object> columns) {
    Path file = folder.resolve(PairsFile.NAME);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      PairsFile.write(writer, COMMON, columns);
    }
    return file;
  }

  @Test
  void whatHoldsForAllPairsComesBack() {
    try (PairsFile file = PairsFile.open(written(columns(1, 0)))) {
      PairsCommon read = file.common();
      assertThat(read.conditions()).isEqualTo(COMMON.conditions());
      assertThat(read.reference()).containsExactly(3, 4);
      assertThat(read.patches()).isEqualTo(8);
      assertThat(read.durations()).containsExactly(1e-6, 1e-7);
      assertThat(read.blocked()).containsExactly(0.125, 0);
      assertThat(read.timeUnit()).isEqualTo("s");
      assertThat(read.macroscopics().observables()).containsExactly("a", "b");
      assertThat(read.macroscopics().matrix()).containsExactly(-1, 1);
      assertThat(read.macroscopics().start()).containsExactly(0.25, 0.25);
    }
  }

  @Test
  void onlyColumnsThatWereMadeAreThere() {
    try (PairsFile file = PairsFile.open(written(columns(1, 0)))) {
      assertThat(file.count()).isEqualTo(3);
      assertThat(file.columns()).containsExactlyElementsOf(columns(1, 0).keySet());
      assertThat(file.has(PairColumn.PATCH_Z1)).isFalse();
      assertThat(file.doubles(PairColumn.Z0)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.floats(PairColumn.PATCH_BEFORE, 4, 4)).containsExactly(5, 6, 7, 8);
    }
  }

  @Test
  void aColumnOfAnotherLengthIsAnError() {
    Path path = folder.resolve("short.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      Map<PairColumn, Object> columns = columns(1, 0);
      columns.remove(PairColumn.SAMPLE);
      PairsFile.write(writer, COMMON, columns);
      writer.dataset(
          PairColumn.SAMPLE.path(),
          new long[2],
          new long[] {2},
          DatasetInfo.of("1", "too few", "pair"));
    }
    try (PairsFile file = PairsFile.open(path)) {
      assertFails(() -> file.longs(PairColumn.SAMPLE), "/sample");
    }
  }

  @Test
  void shardsAreJoinedInOrderWithAllTheirColumns() {
    Path first = folder.resolve("first.h5");
    Path second = folder.resolve("second.h5");
    PairsFile.writeShard(first, "s", columns(1, 0), JointPairs.NONE, List.of());
    PairsFile.writeShard(second, "s", columns(-1, 1), JointPairs.NONE, List.of(new byte[] {1, 2}));
    Path joined = folder.resolve(PairsFile.NAME);
    PairsAssembly assembly;
    try (Hdf5Writer writer = Hdf5Writer.create(joined)) {
      assembly = new PairsAssembly(writer, COMMON, 6, first);
    }
    try (assembly) {
      assembly.append(first);
      assembly.append(second);
    }
    try (PairsFile file = PairsFile.open(joined);
        PairsFile part = PairsFile.open(second)) {
      assertThat(file.columns()).containsExactlyElementsOf(columns(1, 0).keySet());
      assertThat(file.doubles(PairColumn.Z0)).containsExactly(1, 2, 3, 4, 5, 6, -1, 2, 3, 4, 5, 6);
      assertThat(file.ints(PairColumn.CONDITION)).containsExactly(0, 0, 0, 1, 1, 1);
      assertThat(file.floats(PairColumn.PATCH_BEFORE, 12, 3)).containsExactly(1, 2, 3);
      assertThat(part.states()).containsExactly(1, 2);
    }
  }

  @Test
  void latentsHaveTheirOwnAxisAndScaling() {
    Path path = folder.resolve(PairsFile.LATENT);
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      PairsFile.writeLatent(
          writer, COMMON, columns(1, 0), new double[] {3, 4}, new double[] {2, 2});
    }
    try (Hdf5Reader reader = Hdf5Reader.open(path)) {
      assertThat(reader.textAttribute("/z0", "axes")).isEqualTo("pair latent");
      assertThat(reader.doubles("/scaling/mean")).containsExactly(3, 4);
    }
  }
}
