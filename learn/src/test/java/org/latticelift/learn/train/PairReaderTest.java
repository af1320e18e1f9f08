package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.train.TrainConfig.Estimator.PairForm;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/** Two pairs of two patches each, with two observables of which the second is trained. */
class PairReaderTest {
  private static final MacroscopicMap MAP =
      new MacroscopicMap(
          List.of("a", "b"), new int[] {1}, new double[] {-1, 1}, new double[] {0, 0});

  @TempDir private Path folder;

  private boolean repeated;

  private Path file(boolean groups) {
    Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
    columns.put(PairColumn.Z0, new double[] {-1, 1, -2, 2});
    columns.put(PairColumn.Z1, new double[] {-1.5, 1.5, -2.25, 2.25});
    columns.put(PairColumn.DT, new double[] {1, 2});
    columns.put(PairColumn.CONDITION, new int[] {0, 1});
    columns.put(PairColumn.PATCH, new long[] {3, 5, 6, 1});
    columns.put(PairColumn.SAMPLE, new long[] {0, 41});
    columns.put(PairColumn.PATCH_Z0, new double[] {-10, 10, -20, 20});
    columns.put(PairColumn.PATCH_Z1, new double[] {-10.75, 10.75, -20.5, 20.5});
    columns.put(PairColumn.COMPENSATOR, new double[] {-0.25, 0.25, 0.5, -0.5});
    columns.put(PairColumn.TWIN, new double[] {-1.25, 1.25, -3, 3});
    if (repeated) {
      columns.put(PairColumn.MEAN_Z1, new double[] {-1.375, 1.375, -2.125, 2.125});
      columns.put(PairColumn.MEAN_COMPENSATOR, new double[] {-0.125, 0.125, 0.25, -0.25});
    }
    if (groups) {
      columns.put(PairColumn.GROUP, new int[] {4, 7});
    }
    PairsCommon common =
        new PairsCommon(
            MAP,
            new double[0],
            8,
            List.of(Condition.of("temperature_K", 2000), Condition.of("temperature_K", 800)),
            new double[2],
            new double[2],
            "s");
    Path file = folder.resolve(groups ? "groups.h5" : "samples.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      PairsFile.write(writer, common, columns);
    }
    return file;
  }

  private static PairSet read(Path path, PairForm form) {
    try (PairsFile file = PairsFile.open(path)) {
      return new PairReader(file, true, form).samples();
    }
  }

  private static long evolved(Path path, PairForm form) {
    try (PairsFile file = PairsFile.open(path)) {
      return new PairReader(file, true, form).facts().evolved();
    }
  }

  @Test
  void incrementsAreThoseOfAllPatches() {
    Path path = file(true);
    PairSet read = read(path, PairForm.INCREMENT);
    assertThat(evolved(path, PairForm.INCREMENT)).isEqualTo(2);
    assertThat(read.z1()).containsExactly(1.5, 2.25);
    assertThat(read.martingale()).containsExactly(0.5 - 0.25, 0.25 + 0.5);
    assertThat(read.group()).containsExactly((1L << 40) + 4, 7);
    assertThat(read.noise()).isEqualTo(Noise.TWINS);
    double root = Math.sqrt(0.5);
    assertThat(read.twins().increment(0, 0)).isEqualTo((0.75 - 0.25) * root, within(1e-12));
    assertThat(read.twins().increment(1, 0)).isEqualTo((0.5 - 1) * root, within(1e-12));
    try (PairsFile file = PairsFile.open(path)) {
      assertThat(new PairReader(file, true, PairForm.INCREMENT).joint().count()).isZero();
    }
  }

  /** The drift looks at the mean of all evolutions, the diffusion and baselines at the first. */
  @Test
  void meansOfSeveralEvolutionsAreTargetsOfTheDrift() {
    repeated = true;
    PairSet read = read(file(true), PairForm.INCREMENT);
    assertThat(read.z1()).containsExactly(1.5, 2.25);
    assertThat(read.targets().z0()).isEqualTo(read.z0());
    assertThat(read.targets().z1()).containsExactly(1.375, 2.125);
    assertThat(read.martingale()).containsExactly(0.375 - 0.125, 0.125 + 0.25);
    PairSet mirrored = read.withMirrorImages(new int[] {-1});
    assertThat(mirrored.z1()).containsExactly(1.5, 2.25, -1.5, -2.25);
    assertThat(mirrored.target()).containsExactly(1.375, 2.125, -1.375, -2.125);
    assertThat(mirrored.martingale()).containsExactly(0.25, 0.375, -0.25, -0.375);
    assertThat(read.select(new int[] {1}).target()).containsExactly(2.125);
    assertThat(read(folder.resolve("groups.h5"), PairForm.ONE_PATCH).target()).isEmpty();
  }

  @Test
  void baselinesUseTheFirstPatchAlone() {
    Path path = file(false);
    PairSet one = read(path, PairForm.ONE_PATCH);
    assertThat(evolved(path, PairForm.ONE_PATCH)).isEqualTo(1);
    assertThat(one.z1()).containsExactly(1.75, 2.5);
    assertThat(one.martingales()).as("those of the mean are of no use").isZero();
    assertThat(one.group()).as("blocks of samples").containsExactly(1L << 40, 2);
    PairSet naive = read(path, PairForm.NAIVE);
    assertThat(naive.z1()).containsExactly(10.75, 20.5);
    assertThat(naive.martingales()).isZero();
  }

  @Test
  void aPatchAloneIsASmallSystem() {
    Path path = file(true);
    PairSet patch = read(path, PairForm.PATCH);
    assertThat(evolved(path, PairForm.PATCH)).isEqualTo(1);
    assertThat(patch.z0()).containsExactly(10, 20);
    assertThat(patch.z1()).containsExactly(10.75, 20.5);
    assertThat(patch.martingales()).isZero();
    assertThat(patch.twins().increment(0, 0))
        .isEqualTo((0.75 - 0.25) * Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void filesOfOlderVersionsSayWhatToDo() {
    Path file = folder.resolve("old.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/patch", new long[] {1, 2}, new long[] {2}, DatasetInfo.of("1", "patch", "pair"));
    }
    try (PairsFile old = PairsFile.open(file)) {
      assertFails(old::evolvedPatches, "older version", "latticelift evolve");
    }
  }
}
