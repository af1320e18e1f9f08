package org.latticelift.sim.vacancy.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Brings a lattice to prescribed shares of pairs. The stiffness of {@link CountExchange} grows from
 * sweep to sweep until deviations are small, stays there until the state has forgotten where it
 * came from, and the last sweeps approach the counts themselves.
 */
public final class BuiltPairs {
  /** Sweeps at growing stiffness, at the largest, and without temperature at most. */
  private static final int RISING = 16;

  private static final int RESTING = 8;
  private static final int LAST = 24;

  /**
   * Sweeps in all.
   *
   * @return at most so many steps of progress
   */
  public static int sweeps() {
    return RISING + RESTING + LAST;
  }

  private static final double SOFTEST = 8;
  private static final double STIFFEST = 1000;

  /** The stiffest that leaves single exchanges likely in a small lattice: sites per unit. */
  private static final double SITES = 16;

  /** The last sweeps end where nothing is further off than this share of the tolerance. */
  private static final double EXACT = 0.01;

  private final Crystal crystal;
  private final AtomPairs pairs;
  private final List<PairShares> targets;
  private final int stretch;

  /**
   * What is wanted.
   *
   * @param crystal of the lattice
   * @param pairs of species
   * @param targets by shell, the nearest first; null for a shell without
   * @throws org.latticelift.io.error.LatticeLiftException where no configuration can have them
   */
  public BuiltPairs(Crystal crystal, AtomPairs pairs, List<PairShares> targets) {
    this(crystal, pairs, targets, CountExchange.STRETCH);
  }

  /** With stretches of another length, also where lattices are small. */
  BuiltPairs(Crystal crystal, AtomPairs pairs, List<PairShares> targets, int stretch) {
    this.crystal = crystal;
    this.stretch = stretch;
    this.pairs = pairs;
    this.targets = new ArrayList<>(targets);
    TriangleCheck.require(crystal, this.targets);
  }

  /**
   * What came out.
   *
   * @param shares of pairs among the bonds between atoms, by shell
   * @param error largest deviation of a share, by shell; 0 in shells without a target
   */
  public record Reached(List<PairShares> shares, double[] error) {
    /**
     * Largest deviation.
     *
     * @return of all shells
     */
    public double worst() {
      double worst = 0;
      for (double e : error) {
        worst = Math.max(worst, e);
      }
      return worst;
    }
  }

  /**
   * What decides the exchanges.
   *
   * @param stream of a lattice that is built in one place at a time
   * @param seeds of one that is built in several
   */
  public record Randomness(RandomStream stream, Streams seeds) {}

  /**
   * Exchanges atoms.
   *
   * @param lattice changed; its composition stays
   * @param tolerance of shares; the last step goes on to a hundredth of it as far as it comes
   * @param random randomness
   * @param threads that work on large lattices; what comes out does not depend on them
   * @param progress a step for each sweep
   * @param stop ends it between sweeps
   * @return what was reached, counted anew
   */
  public Reached build(
      Lattice lattice,
      double tolerance,
      Randomness random,
      int threads,
      Progress progress,
      StopSignal stop) {
    ExchangeLattice sites = new ExchangeLattice(lattice, targets.size());
    sites.load(lattice);
    PairCounts counts = count(lattice);
    double[] bonds = bonds(counts);
    CountExchange exchange = new CountExchange(sites, counts, pairs, numbers(bonds), stretch);
    Optional<ConcurrentExchange> concurrent =
        ConcurrentExchange.room(lattice, stretch)
            ? Optional.of(new ConcurrentExchange(exchange, random.seeds(), threads, stop))
            : Optional.empty();
    double stiffest = Math.max(SOFTEST, Math.min(STIFFEST, lattice.sites() / SITES));
    double growth = Math.pow(stiffest / SOFTEST, 1.0 / RISING);
    double before = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < sweeps(); sweep++) {
      stop.check();
      boolean last = sweep >= RISING + RESTING;
      double stiffness =
          last ? Double.POSITIVE_INFINITY : SOFTEST * Math.pow(growth, Math.min(sweep + 1, RISING));
      if (concurrent.isPresent()) {
        concurrent.get().sweep(sweep, stiffness);
      } else {
        exchange.attempt(lattice.sites(), stiffness, random.stream());
      }
      double worst = worst(exchange, bonds);
      progress.step(1, String.format(java.util.Locale.ROOT, "off by %.2g", worst));
      if (last && (worst <= EXACT * tolerance || worst > 0.98 * before)) {
        break;
      }
      before = last ? worst : Double.POSITIVE_INFINITY;
    }
    sites.store(lattice);
    return reached(lattice);
  }

  private PairCounts count(Lattice lattice) {
    return new PairCounts.Counter(crystal, new PairKinds(pairs.kinds()), targets.size())
        .count(lattice);
  }

  /** Bonds between atoms by shell; exchanges of atoms leave them. */
  private double[] bonds(PairCounts counts) {
    double[] bonds = new double[targets.size()];
    for (int s = 0; s < bonds.length; s++) {
      for (int a = 0; a < pairs.kinds(); a++) {
        for (int b = a; b < pairs.kinds(); b++) {
          bonds[s] += counts.of(s + 1, a + 1, b + 1);
        }
      }
    }
    return bonds;
  }

  private double[][] numbers(double[] bonds) {
    double[][] numbers = new double[bonds.length][];
    for (int s = 0; s < numbers.length; s++) {
      if (targets.get(s) != null) {
        numbers[s] = targets.get(s).share().clone();
        for (int k = 0; k < numbers[s].length; k++) {
          numbers[s][k] *= bonds[s];
        }
      }
    }
    return numbers;
  }

  private double worst(CountExchange exchange, double[] bonds) {
    double worst = 0;
    for (int s = 0; s < bonds.length; s++) {
      for (int k = 0; k < pairs.count() && targets.get(s) != null; k++) {
        worst = Math.max(worst, Math.abs(exchange.off(s, k)) / bonds[s]);
      }
    }
    return worst;
  }

  /**
   * Compares a lattice with the targets.
   *
   * @param lattice not modified
   * @return its shares and how far they are off
   */
  public Reached reached(Lattice lattice) {
    PairCounts counts = count(lattice);
    double[] bonds = bonds(counts);
    long[] sites = lattice.counts();
    double atoms = lattice.sites() - sites[Lattice.VACANCY];
    double[] composition = new double[pairs.kinds()];
    for (int a = 0; a < composition.length; a++) {
      composition[a] = sites[a + 1] / atoms;
    }
    List<PairShares> shares = new ArrayList<>();
    double[] error = new double[bonds.length];
    for (int s = 0; s < bonds.length; s++) {
      double[] share = new double[pairs.count()];
      for (int a = 0; a < pairs.kinds(); a++) {
        for (int b = a; b < pairs.kinds(); b++) {
          int k = pairs.of(a, b);
          share[k] = counts.of(s + 1, a + 1, b + 1) / bonds[s];
          if (targets.get(s) != null) {
            error[s] = Math.max(error[s], Math.abs(share[k] - targets.get(s).share()[k]));
          }
        }
      }
      shares.add(new PairShares(pairs, composition, share));
    }
    return new Reached(shares, error);
  }
}
