package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Barriers of listed vacancies: the published cases, and what is wrong with other files. */
class BarrierEvaluationTest {
  private static final double BUDGET = 2e-6;

  @TempDir private Path folder;

  private static NetworkBarrier published() {
    return new NetworkBarrier(
        "published",
        BarrierWeights.read(SharedData.find("nnk-nbmota/weights.h5")),
        Crystal.bcc(),
        Optional.of(InputOrder.AUTHORS),
        Optional.of(1e-5));
  }

  private static BarrierModel analytic() {
    return new LinearBarrier("pairwise", Crystal.bcc(), LinearTerms.defaults(Crystal.bcc()), 1e13);
  }

  /** All cases of the reference data within 2e-6 eV. */
  @Test
  void publishedCases() {
    Path cases = SharedData.find("barriers-public.h5");
    Path out = folder.resolve("barriers.h5");
    assertThat(new BarrierEvaluation(published()).run(cases, out, false)).isEqualTo(202);
    try (Hdf5Reader expected = Hdf5Reader.open(cases);
        Hdf5Reader found = Hdf5Reader.open(out)) {
      assertThat(found.dims("/barrier")).containsExactly(60, 8, 8);
      compare(
          found.doubles("/barrier"), expected.doubles("/network_f64"), expected.bytes("/blocked"));
    }
  }

  private static void compare(double[] found, double[] expected, byte[] blocked) {
    int compared = 0;
    for (int i = 0; i < found.length; i++) {
      if (blocked[i] != 0) {
        assertThat(found[i]).isEqualTo(Double.POSITIVE_INFINITY);
      } else if (Double.isNaN(expected[i])) {
        assertThat(found[i]).isNaN();
      } else {
        assertThat(found[i]).isCloseTo(expected[i], within(BUDGET));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1500);
  }

  /** AL-38: the initial configuration with the vacancy at the origin. */
  @Test
  void testVectorB() {
    AtomFrame frame = LammpsDump.read(SharedData.find("initial-1024.dump"));
    Lattice lattice = new Lattice(Crystal.bcc(), 8, 8, 8);
    for (int i = 0; i < frame.type().length; i++) {
      int[] p = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        p[axis] = (int) Math.round(frame.position()[3 * i + axis] / 1.62) % 16;
      }
      lattice.set(p[0] / 2, p[1] / 2, p[2] / 2, p[0] & 1, (byte) frame.type()[i]);
    }
    lattice.set(0, 0, 0, 0, Lattice.VACANCY);
    assertThat(lattice.counts()).startsWith(1, 341, 340, 342);
    byte[] environment = new byte[112];
    lattice.gather(0, 0, 0, 0, environment, 0);
    float[] barriers = new float[8];
    published().newKernel().barriers(environment, 0, 0, barriers, 0);
    double[] expected = {
      1.716941, 2.298324, 2.183067, 1.170866, 2.267411, 1.389411, 1.365882, 2.170613
    };
    for (int d = 0; d < 8; d++) {
      assertThat((double) barriers[d]).isCloseTo(expected[d], within(BUDGET));
    }
  }

  private Path grids(int side, byte[] grid, int[] positions) {
    Path file = folder.resolve("g" + folder.toFile().list().length + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/grid",
          grid,
          new long[] {1, side, side, side},
          DatasetInfo.of("1", "codes", "grid", "x", "y", "z"));
      writer.dataset(
          "/vac_pos",
          positions,
          new long[] {1, positions.length / 3, 3},
          DatasetInfo.of("1", "positions", "grid", "vacancy", "axis"));
    }
    return file;
  }

  private static byte[] grid(int side) {
    byte[] grid = new byte[side * side * side];
    for (int i = 0; i < grid.length; i++) {
      int x = i / side / side;
      int y = i / side % side;
      int z = i % side;
      boolean site = (x & 1) == (y & 1) && (y & 1) == (z & 1);
      grid[i] = (byte) (site ? 1 + (x + 2 * y + z / 2) % 3 : -1);
    }
    grid[0] = 0;
    return grid;
  }

  @Test
  void padsWithNaNAndBlocksVacancies() {
    byte[] grid = grid(10);
    grid[111] = 0;
    Path out = folder.resolve("out.h5");
    Path in = grids(10, grid, new int[] {0, 0, 0, -1, -1, -1, 1, 1, 1});
    assertThat(new BarrierEvaluation(analytic()).run(in, out, false)).isEqualTo(2);
    try (Hdf5Reader reader = Hdf5Reader.open(out)) {
      double[] b = reader.doubles("/barrier");
      assertThat(b[7]).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(Arrays.copyOfRange(b, 8, 16)).containsOnly(Double.NaN);
      assertThat(b[16]).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(b[17]).isFinite();
    }
  }

  /** In fcc sites are the points with no odd coordinate or two. */
  @Test
  void faceCentredCubic() {
    int side = 8;
    byte[] grid = new byte[side * side * side];
    Crystal fcc = Crystal.fcc();
    Lattice lattice = new Lattice(fcc, side / 2, side / 2, side / 2);
    for (int i = 0; i < grid.length; i++) {
      int[] p = {i / side / side, i / side % side, i % side};
      boolean site = (p[0] + p[1] + p[2]) % 2 == 0;
      grid[i] = (byte) (site ? 1 + (p[0] + 2 * p[1] + p[2] / 2) % 2 : -1);
      if (site) {
        int basis = p[0] % 2 == 0 ? p[1] % 2 : 2 + p[1] % 2;
        lattice.set(p[0] / 2, p[1] / 2, p[2] / 2, basis, grid[i]);
      }
    }
    int at = (3 * side + 2) * side + 1;
    grid[at] = 0;
    lattice.set(1, 1, 0, 2, Lattice.VACANCY);
    BarrierModel model =
        new LinearBarrier(
            "linear",
            fcc,
            new LinearTerms(
                java.util.List.of(0.6, 0.8),
                java.util.List.of(
                    java.util.List.of(
                        java.util.List.of(0.0, -0.03), java.util.List.of(-0.03, 0.01))),
                Optional.empty(),
                0.02),
            1e13);
    Path out = folder.resolve("fcc.h5");
    new BarrierEvaluation(model).run(grids(side, grid, new int[] {3, 2, 1}), out, false);
    byte[] environment = new byte[fcc.environmentSize()];
    lattice.gather(1, 1, 0, 2, environment, 0);
    float[] expected = new float[12];
    model.newKernel().barriers(environment, 0, 2, expected, 0);
    try (Hdf5Reader reader = Hdf5Reader.open(out)) {
      double[] found = reader.doubles("/barrier");
      assertThat(reader.dims("/barrier")).containsExactly(1, 1, 12);
      for (int d = 0; d < 12; d++) {
        assertThat(found[d]).isEqualTo(expected[d]);
      }
    }
  }

  private void refused(Path grids, String... parts) {
    Path out = folder.resolve("none.h5");
    assertFails(
        ExitCode.BAD_DATA, () -> new BarrierEvaluation(analytic()).run(grids, out, false), parts);
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesBadGrids() {
    int[] origin = {0, 0, 0};
    byte[] code = grid(10);
    code[111] = 4;
    refused(grids(10, code, origin), "code 4 at [1,1,1]", "/grid[0]", "1 to 3");
    code[111] = -1;
    refused(grids(10, code, origin), "code -1 at [1,1,1]");
    code = grid(10);
    code[1] = 1;
    refused(grids(10, code, origin), "code 1 at [0,0,1]", "-1 where there is no site");
    refused(grids(8, grid(8), origin), "8 x 8 x 8", "10 to 1290");
    refused(grids(11, new byte[1331], origin), "11 x 11 x 11");
  }

  @Test
  void refusesBadPositions() {
    for (int[] p : new int[][] {{2, 2, 2}, {0, 0, 1}, {10, 0, 0}, {-1, 0, 0}}) {
      refused(grids(10, grid(10), p), "no vacancy at " + Arrays.toString(p), "/vac_pos[0,0]");
    }
    assertFails(
        ExitCode.MISSING_INPUT,
        () ->
            new BarrierEvaluation(analytic())
                .run(folder.resolve("no.h5"), folder.resolve("o.h5"), false),
        "no.h5");
  }
}
