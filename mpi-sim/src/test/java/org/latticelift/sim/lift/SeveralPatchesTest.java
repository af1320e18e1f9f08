package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pairs from several patches of a state, twins, joint evolutions and groups, of an Ising lattice.
 */
class SeveralPatchesTest {
  private static final String CONFIG =
      """
      system: ising
      conditions: {temperature: [2.5, 3]}
      lattice: {small: 8, large: 16, field: 0.1, small_start: uniform}
      simulate: {runs: 5, records: 6, duration: {events: 600}}
      upsample: {keep: none, groups: GROUPS}
      evolve: {samples: 40, shard_samples: 15, duration: {time: 2}, compensator: COMPENSATOR, MORE}
      """;
  private static final int PAIRS = 80;
  private static final int PATCHES = 4;

  @TempDir Path folder;

  private PairsFile run(String name, String groups, String more) {
    String config =
        CONFIG
            .replace("GROUPS", groups)
            .replace("MORE", more)
            .replace("COMPENSATOR", name.equals("rich") ? "on" : "off");
    return PairsFile.open(TinyLift.run(folder.resolve(name), config, 2).resolve("pairs.h5"));
  }

  @Test
  void theFirstPatchIsThatOfASinglePatch() {
    try (PairsFile one = run("one", "none", "patches: 1");
        PairsFile three = run("three", "none", "patches: 3")) {
      assertThat(one.evolvedPatches()).isEqualTo(1);
      assertThat(three.evolvedPatches()).isEqualTo(3);
      for (PairColumn column :
          new PairColumn[] {
            PairColumn.Z0, PairColumn.PATCH_Z0, PairColumn.PATCH_Z1, PairColumn.DT
          }) {
        assertThat(three.doubles(column)).isEqualTo(one.doubles(column));
      }
      long[] first = one.longs(PairColumn.PATCH);
      long[] all = three.longs(PairColumn.PATCH);
      for (int k = 0; k < PAIRS; k++) {
        assertThat(all[3 * k]).isEqualTo(first[k]);
        assertThat(Arrays.stream(all, 3 * k, 3 * k + 3).distinct().count()).isEqualTo(3);
      }
      assertThat(three.doubles(PairColumn.Z1)).isNotEqualTo(one.doubles(PairColumn.Z1));
    }
  }

  /**
   * Patches of a state have streams of their own, so the increments of all four vary half as much
   * around their means as those of one; 80 pairs: ratio of variances 4 within a factor of 1.6.
   */
  @Test
  void allPatchesVaryLess() {
    try (PairsFile one = run("one", "none", "patches: 1");
        PairsFile all = run("all", "none", "patches: all")) {
      assertThat(all.evolvedPatches()).isEqualTo(PATCHES);
      double ratio = variance(one) / variance(all);
      assertThat(ratio).isBetween(PATCHES / 1.6, PATCHES * 1.6);
    }
  }

  private static double variance(PairsFile file) {
    double[] z0 = file.doubles(PairColumn.Z0);
    double[] z1 = file.doubles(PairColumn.Z1);
    double sum = 0;
    double square = 0;
    for (int k = 0; k < PAIRS; k++) {
      double change = z1[2 * k] - z0[2 * k];
      sum += change / PAIRS;
      square += change * change / PAIRS;
    }
    return square - sum * sum;
  }

  @Test
  void morePatchesThanThereAreAreAll() {
    try (PairsFile many = run("many", "none", "patches: 100")) {
      assertThat(many.evolvedPatches()).isEqualTo(PATCHES);
    }
  }

  @Test
  void twinsJointEvolutionsAndCompensatorsChangeNothingElse() {
    try (PairsFile plain = run("plain", "none", "patches: 2");
        PairsFile rich = run("rich", "none", "patches: 2, twins: true, joint: 7")) {
      for (PairColumn column : plain.columns()) {
        assertThat(rich.values(column)).as(column.path()).isEqualTo(plain.values(column));
      }
      assertThat(plain.has(PairColumn.TWIN)).isFalse();
      assertThat(plain.has(PairColumn.COMPENSATOR)).isFalse();
      assertThat(plain.joint().count()).isZero();
      assertThat(rich.doubles(PairColumn.COMPENSATOR)).hasSize(2 * PAIRS);
      assertThat(rich.doubles(PairColumn.TWIN)).isNotEqualTo(rich.doubles(PairColumn.Z1));
      JointPairs joint = rich.joint();
      assertThat(joint.count()).isEqualTo(14);
      assertThat(joint.condition()).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
      double[] z0 = rich.doubles(PairColumn.Z0);
      assertThat(Arrays.copyOf(joint.z0(), 14)).isEqualTo(Arrays.copyOf(z0, 14));
      assertThat(joint.z1()).isNotEqualTo(joint.z0());
      assertThat(joint.dt()[0]).isCloseTo(2, within(1e-12));
      assertThat(joint.compensator()).hasSize(joint.z0().length);
      assertThat(left(joint, 1)).as("expected changes").isLessThan(0.8 * left(joint, -1));
    }
  }

  /** Sum of squares of the changes of the first observable less a multiple of what is expected. */
  private static double left(JointPairs joint, double factor) {
    double sum = 0;
    for (int k = 0; k < joint.z0().length; k += 2) {
      double left = joint.z1()[k] - joint.z0()[k] - factor * joint.compensator()[k];
      sum += left * left;
    }
    return sum;
  }

  /** Environment whole: one evolution gives the increments of all patches (EX-02). */
  @Test
  void aWholeThatMovesTogetherGivesTheWholeIncrement() {
    try (PairsFile one = run("one", "none", "patches: 1, environment: whole, evolutions: 1");
        PairsFile all = run("all", "none", "patches: all, environment: whole, evolutions: 1")) {
      assertThat(all.evolvedPatches()).isEqualTo(PATCHES);
      assertThat(all.ints(PairColumn.EVENTS))
          .as("one evolution")
          .isEqualTo(one.ints(PairColumn.EVENTS));
      assertThat(all.longs(PairColumn.PATCH)[0]).isEqualTo(one.longs(PairColumn.PATCH)[0]);
      assertThat(all.doubles(PairColumn.PATCH_Z1)).isEqualTo(one.doubles(PairColumn.PATCH_Z1));
      assertThat(variance(all)).isLessThan(variance(one) / 2);
    }
  }

  @Test
  void groupsShareNoRun() {
    try (PairsFile file = run("groups", "auto", "patches: 1")) {
      int[] group = file.ints(PairColumn.GROUP);
      int[] source = file.ints(PairColumn.SOURCE_RUN);
      int[] record = file.ints(PairColumn.SOURCE_RECORD);
      assertThat(Arrays.stream(group).distinct().sorted().toArray()).containsExactly(0, 1, 2, 3, 4);
      for (int k = 0; k < PAIRS; k++) {
        assertThat(source[k]).isEqualTo(group[k]);
        assertThat(record[k]).isBetween(0, 6);
      }
    }
  }

  /** Random spins use no run; they are of the group that their sample would have used. */
  @Test
  void statesWithoutSnapshotHaveAGroupToo() {
    String config =
        CONFIG
            .replace("groups: GROUPS", "random_share: 0.5")
            .replace("COMPENSATOR", "off")
            .replace("MORE", "patches: 1");
    Path out = TinyLift.run(folder.resolve("random"), config, 2);
    try (PairsFile file = PairsFile.open(out.resolve("pairs.h5"))) {
      int[] group = file.ints(PairColumn.GROUP);
      int[] source = file.ints(PairColumn.SOURCE_RUN);
      int[] record = file.ints(PairColumn.SOURCE_RECORD);
      long random = Arrays.stream(source).filter(run -> run < 0).count();
      assertThat(random).isBetween(20L, 60L); // of 80, with probability 1/2: 9 deviations
      for (int k = 0; k < PAIRS; k++) {
        assertThat(group[k]).isEqualTo(k % 40 % 5);
        assertThat(source[k]).isIn(-1, group[k]);
        assertThat(record[k] < 0).isEqualTo(source[k] < 0);
      }
    }
  }

  @Test
  void severalPatchesForANumberOfEventsAreRefused() {
    String config =
        CONFIG
            .replace("GROUPS", "none")
            .replace("duration: {time: 2}", "duration: {events: 64}")
            .replace("COMPENSATOR", "off")
            .replace("MORE", "patches: 2");
    assertFails(() -> TinyLift.run(folder.resolve("events"), config, 1), "evolve.patches");
  }
}
