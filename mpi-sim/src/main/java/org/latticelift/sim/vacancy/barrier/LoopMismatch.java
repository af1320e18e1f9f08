package org.latticelift.sim.vacancy.barrier;

import java.util.Locale;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * How far a barrier model is from detailed balance (Kolmogorov's criterion, EX-43). A vacancy goes
 * round a ring of four hops, once if the three atoms there are alike, else three times, until every
 * atom is where it was; the barriers of all hops minus those of the reverse hops must then sum to
 * zero.
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
   *
   * @param model any model
   * @return the mismatch
   */
  public static LoopMismatch of(BarrierModel model) {
    return measure(model, SHOWN_LOOPS, new Streams(0).stream(Purpose.CHECK));
  }

  /**
   * Whether the model breaks detailed balance.
   *
   * @return false where the sums are rounding
   */
  public boolean matters() {
    return rms > ROUNDING;
  }

  /**
   * What it means at a temperature.
   *
   * @param kelvin above 0
   * @return a sentence without its end
   */
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
   * Measures a model in random alloys of equal shares.
   *
   * @param model any model
   * @param loops number of rings, at least 1
   * @param random drawn from
   * @return the mismatch
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

  /** A vacancy in a small lattice. */
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
