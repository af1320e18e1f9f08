package org.latticelift.learn.barrierfit;

import java.nio.file.Path;
import java.util.Arrays;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.barrierfit.ErrorReport.ErrorMeasure;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.lattice.HalfGrid;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** The reference barriers of 202 vacancies: errors of a model on those that are not blocked. */
final class PublicBarriers {
  private static final int SIDE = 16;
  private static final int SLOTS = 8;

  private PublicBarriers() {}

  static ErrorMeasure errors(BarrierModel model, Path file) {
    ErrorMeasure.Sum sum = new ErrorMeasure.Sum();
    BarrierKernel kernel = model.newKernel();
    byte[] environment = new byte[model.crystal().environmentSize()];
    float[] barriers = new float[8];
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      byte[] grids = reader.bytes("/grid");
      int[] counts = reader.ints("/vac_count");
      int[] positions = reader.ints("/vac_pos");
      double[] expected = reader.doubles("/network_f64");
      byte[] blocked = reader.bytes("/blocked");
      int size = SIDE * SIDE * SIDE;
      for (int g = 0; g < counts.length; g++) {
        byte[] grid = Arrays.copyOfRange(grids, g * size, (g + 1) * size);
        Lattice lattice = HalfGrid.toLattice(grid, SIDE, "grid " + g);
        for (int v = g * SLOTS; v < g * SLOTS + counts[g]; v++) {
          int x = positions[3 * v];
          lattice.gather(
              x / 2, positions[3 * v + 1] / 2, positions[3 * v + 2] / 2, x % 2, environment, 0);
          kernel.barriers(environment, 0, x % 2, barriers, 0);
          for (int d = 0; d < 8; d++) {
            if (blocked[8 * v + d] == 0) {
              sum.add(v, barriers[d] - expected[8 * v + d]);
            }
          }
        }
      }
    }
    return sum.measure();
  }
}
