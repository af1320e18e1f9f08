package org.latticelift.learn.barrierfit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.Failures;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.TableOrigin;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Tables that no model could be fitted to are refused; structures are never divided. */
class BarrierRowsTest {
  private static final Crystal FCC = Crystal.fcc();
  private static final int SITES = FCC.environmentSize();
  private static final int HOPS = FCC.hopCount();
  private static final int COUNT = 6;

  private final byte[] codes = new byte[COUNT * SITES];
  private final float[] barriers = new float[COUNT * HOPS];
  private final int[] structure = {0, 1, 1, 2, 3, 4};
  private final int[] line = new int[COUNT * HOPS];

  BarrierRowsTest() {
    java.util.Random random = new java.util.Random(1);
    Arrays.fill(barriers, Float.NaN);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (1 + random.nextInt(2));
    }
    for (int e = 0; e < COUNT; e++) {
      codes[e * SITES + FCC.environment(0).hopTarget(0)] = (byte) (1 + e % 2);
      barriers[e * HOPS] = 1 + 0.1f * e;
      line[e * HOPS] = e + 2;
    }
  }

  private BarrierRows rows(Optional<Double> noise) {
    BarrierTable table =
        new BarrierTable(
            SITES,
            HOPS,
            List.of("Cu", "Ni"),
            codes,
            barriers,
            new int[COUNT],
            List.of("all"),
            structure,
            line,
            TableOrigin.of("table.h5", "hops.csv", 2));
    return BarrierRows.of(table, FCC, noise);
  }

  private void refused(String... words) {
    Failures.assertFails(ExitCode.BAD_DATA, () -> rows(Optional.empty()), words);
  }

  private void same(int a, int b) {
    System.arraycopy(codes, a * SITES, codes, b * SITES, SITES);
  }

  @Test
  void groupsAreStructuresAndEqualEnvironments() {
    same(0, 4);
    barriers[4 * HOPS] = 1.01f;
    BarrierRows rows = rows(Optional.empty());
    assertThat(rows.groups()).isEqualTo(4);
    assertThat(rows.group(4)).isEqualTo(rows.group(0));
    assertThat(rows.group(2)).isEqualTo(rows.group(1));
    StructureFolds folds =
        StructureFolds.of(
            rows, new int[] {0, 1, 2, 3, 4, 5}, 3, new Streams(1).stream(Purpose.CHECK));
    assertThat(folds.fold()[4]).isEqualTo(folds.fold()[0]);
    assertThat(folds.fold()[2]).isEqualTo(folds.fold()[1]);
    assertThat(folds.of(0).length + folds.without(0).length).isEqualTo(COUNT);
  }

  @Test
  void repeatsMeasureTheNoise() {
    same(0, 4);
    barriers[4 * HOPS] = 1.02f;
    double[] noise = rows(Optional.empty()).noiseOfRepeats().orElseThrow();
    assertThat(noise[0]).isCloseTo(0.02 / Math.sqrt(2), within(1e-6));
    assertThat(noise[1]).isEqualTo(1);
  }

  @Test
  void contradictingRepeatsAreNamedByFileAndRow() {
    same(0, 4);
    refused("1.000 and 1.400 eV of the same hop", "hops.csv:2", "hops.csv:6", "0.100 eV");
    barriers[4 * HOPS] = 1.05f;
    Failures.assertFails(ExitCode.BAD_DATA, () -> rows(Optional.of(0.005)), "0.042 eV");
  }

  @Test
  void equalBarriersAreRefused() {
    for (int e = 0; e < COUNT; e++) {
      barriers[e * HOPS] = 1;
    }
    refused("all 6 barriers are 1.0 eV", "table.h5");
  }

  @Test
  void speciesThatNeverJumpAreRefused() {
    for (int e = 0; e < COUNT; e++) {
      codes[e * SITES + FCC.environment(0).hopTarget(0)] = 1;
    }
    refused("no barrier of a jumping Ni", "table.h5");
  }

  @Test
  void hopsOntoVacanciesAreRefused() {
    codes[3 * SITES + FCC.environment(0).hopTarget(0)] = 0;
    refused("a hop onto a vacancy", "hops.csv:5");
  }
}
