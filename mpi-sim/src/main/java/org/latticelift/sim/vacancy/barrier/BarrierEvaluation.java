package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.HalfGrid;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Evaluates the barriers of listed vacancies in many small configurations of a cubic crystal, with
 * the kernel that simulations use; a single-precision network is within 2e-6 eV of its twin in
 * double precision.
 *
 * <p>In: {@code grid} int8 [G,D,D,D] with the codes of AL-04, D even and at least twice the fewest
 * cells (10 in BCC), and {@code vac_pos} int32 [G,V,3] in half-grid units, missing ones -1. Out:
 * {@code barrier} float64 [G,V,H] for the H hops in eV, positive infinity where the target is a
 * vacancy, NaN where there is no vacancy.
 */
public final class BarrierEvaluation {
  private static final String GRID = "/grid";
  private static final String POSITIONS = "/vac_pos";

  private final BarrierModel model;
  private final BarrierKernel kernel;
  private final byte[] environment;
  private final float[] barriers;

  /** Evaluates with a model. */
  public BarrierEvaluation(BarrierModel model) {
    this.model = model;
    this.kernel = model.newKernel();
    this.environment = new byte[model.crystal().environmentSize()];
    this.barriers = new float[model.crystal().hopCount()];
  }

  /**
   * Reads grids and writes barriers ({@code grids}: HDF5 with {@code grid} and {@code vac_pos};
   * other datasets are ignored; {@code out}: the HDF5 file to make).
   */
  public long run(Path grids, Path out, boolean overwrite) {
    double[] values;
    long[] dims;
    try (Hdf5Reader reader = Hdf5Reader.open(grids)) {
      dims = reader.requireDims(POSITIONS, reader.dims(GRID)[0], -1, 3);
      values = evaluate(reader, dims);
    }
    Provenance provenance = Provenance.here("", 0, 1).withInput(grids);
    SingleFile.write(
        out,
        overwrite,
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            writer.dataset(
                "/barrier",
                values,
                new long[] {dims[0], dims[1], barriers.length},
                DatasetInfo.of("eV", "energy barrier", "grid", "vacancy", "direction"));
            writer.attribute("/barrier", "model", model.name());
            provenance.writeTo(writer);
          }
        });
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).count() / barriers.length;
  }

  private double[] evaluate(Hdf5Reader reader, long[] dims) {
    int side = side(reader, dims[0]);
    int vacancies = Math.toIntExact(dims[1]);
    int volume = Math.multiplyExact(Math.multiplyExact(side, side), side);
    int size = Math.multiplyExact(vacancies, barriers.length);
    double[] values = new double[Math.multiplyExact(Math.toIntExact(dims[0]), size)];
    Arrays.fill(values, Double.NaN);
    for (int g = 0; g < dims[0]; g++) {
      String where = reader.file() + " " + GRID + "[" + g + "]";
      byte[] codes = reader.bytes(GRID, (long) g * volume, volume);
      requireKnown(codes, side, where);
      Lattice lattice = HalfGrid.toLattice(model.crystal(), codes, side, where);
      int[] positions = reader.ints(POSITIONS, 3L * g * vacancies, 3 * vacancies);
      for (int v = 0; v < vacancies; v++) {
        int[] position = Arrays.copyOfRange(positions, 3 * v, 3 * v + 3);
        String at = reader.file() + " " + POSITIONS + "[" + g + "," + v + "]";
        if (present(position)) {
          requireVacancy(lattice, position, side, at);
          evaluate(lattice, position, values, g * size + v * barriers.length);
        }
      }
    }
    return values;
  }

  private void evaluate(Lattice lattice, int[] position, double[] values, int to) {
    int basis = HalfGrid.basis(model.crystal(), position[0], position[1], position[2]);
    lattice.gather(position[0] / 2, position[1] / 2, position[2] / 2, basis, environment, 0);
    kernel.barriers(environment, 0, basis, barriers, 0);
    for (int d = 0; d < barriers.length; d++) {
      values[to + d] = barriers[d];
    }
  }

  private int side(Hdf5Reader reader, long count) {
    long[] dims = reader.requireDims(GRID, count, -1, -1, -1);
    long side = dims[1];
    int fewest = 2 * Lattice.fewestCells(model.crystal());
    if (side < fewest || side % 2 != 0 || dims[2] != side || dims[3] != side || side > 1290) {
      throw LatticeLiftException.badData(
          "grids of " + dims[1] + " x " + dims[2] + " x " + dims[3] + " points",
          reader.file() + " " + GRID,
          "an even number of points, " + fewest + " to 1290, the same along all axes",
          "Make the grids again");
    }
    return (int) side;
  }

  private void requireKnown(byte[] codes, int side, String where) {
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < -1 || codes[i] > model.species()) {
        throw LatticeLiftException.badData(
            "code "
                + codes[i]
                + " at ["
                + i / side / side
                + ","
                + i / side % side
                + ","
                + i % side
                + "]",
            where,
            "-1 (no site), 0 (vacancy), 1 to " + model.species(),
            "Check the grid");
      }
    }
  }

  private static boolean present(int[] position) {
    return !Arrays.equals(position, new int[] {-1, -1, -1});
  }

  private void requireVacancy(Lattice lattice, int[] position, int side, String where) {
    boolean inside = Arrays.stream(position).allMatch(c -> c >= 0 && c < side);
    int basis = HalfGrid.basis(model.crystal(), position[0], position[1], position[2]);
    if (!inside
        || basis < 0
        || lattice.get(position[0] / 2, position[1] / 2, position[2] / 2, basis) != 0) {
      throw LatticeLiftException.badData(
          "no vacancy at " + Arrays.toString(position),
          where,
          "half-grid coordinates of a site with code 0, or -1 -1 -1",
          "Check vac_pos against grid");
    }
  }

  /**
   * How far a barrier model is from detailed balance (Kolmogorov's criterion, EX-43). A vacancy
   * goes round a ring of four hops, once if the three atoms there are alike, else three times,
   * until every atom is where it was; the barriers of all hops minus those of the reverse hops must
   * then sum to zero.
   *
   * @param loops number of rings tried, each in a fresh random alloy
   * @param rms root mean square of the sums, eV
   * @param largest largest absolute sum, eV
   */
  public record LoopMismatch(int loops, double rms, double largest) {
    private static final int RING = 4;
    private static final int SHOWN_LOOPS = 400;
    private static final double BOLTZMANN = 8.617333e-5;

    /** Up to here it may be the rounding of single precision, eV. */
    private static final double ROUNDING = 1e-4;

    /**
     * Measures a model for people: the same loops every time, in about 30 ms with the shipped
     * networks.
     */
    public static LoopMismatch of(BarrierModel model) {
      return measure(model, SHOWN_LOOPS, new Streams(0).stream(Purpose.CHECK));
    }

    /** Whether the model breaks detailed balance; false where the sums are rounding. */
    public boolean matters() {
      return rms > ROUNDING;
    }

    /** What it means at a temperature ({@code kelvin}: above 0); a sentence without its end. */
    public String at(double kelvin) {
      return String.format(
          Locale.ROOT,
          "round closed loops of jumps in random alloys the barriers differ from those of the way back"
              + " by %.3f eV (r.m.s.), %.1f kT at %.0f K",
          rms,
          rms / (BOLTZMANN * kelvin),
          kelvin);
    }

    /**
     * Measures a model in random alloys of equal shares ({@code loops}: number of rings, at least
     * 1; {@code random}: drawn from).
     */
    public static LoopMismatch measure(BarrierModel model, int loops, RandomStream random) {
      Walk walk = new Walk(model);
      double squares = 0;
      double largest = 0;
      for (int i = 0; i < loops; i++) {
        double sum = walk.round(random);
        squares += sum * sum;
        largest = Math.max(largest, Math.abs(sum));
      }
      return new LoopMismatch(loops, Math.sqrt(squares / loops), largest);
    }

    private static final class Walk {
      private final BarrierModel model;
      private final BarrierKernel kernel;
      private final Crystal crystal;
      private final Lattice lattice;
      private final byte[] environment;
      private final float[] barriers;
      private long vacancy;

      Walk(BarrierModel model) {
        this.model = model;
        this.kernel = model.newKernel();
        this.crystal = model.crystal();
        int cells = Lattice.fewestCells(crystal) + 1;
        this.lattice = new Lattice(crystal, cells, cells, cells);
        this.environment = new byte[crystal.environmentSize()];
        this.barriers = new float[crystal.hopCount()];
      }

      double round(RandomStream random) {
        for (long site = 0; site < lattice.sites(); site++) {
          lattice.set(site, (byte) (1 + random.below(model.species())));
        }
        vacancy = random.below(lattice.sites());
        lattice.set(vacancy, Lattice.VACANCY);
        int[] ring = ring(random);
        Lattice start = lattice.copy();
        double sum = 0;
        do {
          for (int d : ring) {
            sum += hop(d);
          }
        } while (!lattice.equals(start));
        return sum;
      }

      /** Four hops over four different sites that lead back. */
      private int[] ring(RandomStream random) {
        while (true) {
          int[] ring = new int[RING];
          ring[0] = random.below(barriers.length);
          ring[1] = random.below(barriers.length);
          long first = target(vacancy, ring[0]);
          long second = target(first, ring[1]);
          int start = random.below(barriers.length);
          for (int i = 0; i < barriers.length && second != vacancy; i++) {
            ring[2] = (start + i) % barriers.length;
            long third = target(second, ring[2]);
            ring[3] = direction(third, vacancy);
            if (third != first && third != vacancy && ring[3] >= 0) {
              return ring;
            }
          }
        }
      }

      private int direction(long from, long to) {
        for (int d = 0; d < barriers.length; d++) {
          if (target(from, d) == to) {
            return d;
          }
        }
        return -1;
      }

      private long target(long site, int d) {
        EnvironmentGeometry geometry = crystal.environment((int) (site % crystal.basisCount()));
        return lattice.neighbour(site, geometry.offset(geometry.hopTarget(d)));
      }

      /** Makes a hop; its barrier minus that of the reverse hop. */
      private double hop(int d) {
        long from = vacancy;
        double forward = barrier(d);
        long to = target(from, d);
        lattice.set(from, lattice.get(to));
        lattice.set(to, Lattice.VACANCY);
        vacancy = to;
        return forward - barrier(direction(to, from));
      }

      private double barrier(int d) {
        int basis = (int) (vacancy % crystal.basisCount());
        long cell = vacancy / crystal.basisCount();
        int z = (int) (cell % lattice.nz());
        int y = (int) (cell / lattice.nz() % lattice.ny());
        int x = (int) (cell / lattice.nz() / lattice.ny());
        lattice.gather(x, y, z, basis, environment, 0);
        kernel.barriers(environment, 0, basis, barriers, 0);
        return barriers[d];
      }
    }
  }
}
