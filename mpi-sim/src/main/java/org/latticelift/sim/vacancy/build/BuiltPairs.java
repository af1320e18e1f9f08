package org.latticelift.sim.vacancy.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
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

  /** Sweeps in all, at most so many steps of progress. */
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
    /** Largest deviation. */
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
   * @param threads that work on large lattices; what comes out does not depend on them
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

  /** Compares a lattice with the targets ({@code lattice}: not modified). */
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

  /**
   * Exchanges in several stretches of a large lattice at a time, so far apart that none sees what
   * another one changes. How many there are does not depend on the threads, nor does what comes
   * out. They agree on the deviations after each round; within it each counts its own changes as
   * often as there are stretches ({@link CountExchange#oneOf}).
   */
  static final class ConcurrentExchange {
    /** Stretches of a round; more threads have nothing to do. */
    static final int TOGETHER = 8;

    /** A round may touch one site of so many, or deviations change too much before all know. */
    private static final int SHARE = 8;

    private final CountExchange whole;
    private final CountExchange[] several = new CountExchange[TOGETHER];
    private final Streams seeds;
    private final int threads;
    private final StopSignal stop;

    /**
     * For a lattice that has {@link #room} ({@code seeds}: streams are keyed by sweep, round and
     * stretch).
     */
    ConcurrentExchange(CountExchange whole, Streams seeds, int threads, StopSignal stop) {
      this.whole = whole;
      this.seeds = seeds;
      this.threads = threads;
      this.stop = stop;
      Arrays.setAll(several, i -> whole.oneOf(TOGETHER));
    }

    /** Whether the stretches of a round are far enough apart and a small part of the lattice. */
    static boolean room(Lattice lattice, int stretch) {
      long plane = lattice.plane(0).length;
      long between = lattice.sites() / TOGETHER - stretch;
      return lattice.sites() >= (long) SHARE * TOGETHER * stretch
          && between > 2L * (lattice.crystal().reach() + 1) * plane;
    }

    void sweep(int number, double stiffness) {
      long perRound = (long) TOGETHER * whole.stretch();
      long rounds = (whole.sites() + perRound - 1) / perRound;
      for (long round = 0; round < rounds; round++) {
        round(number, round, stiffness);
      }
    }

    private void round(int sweep, long round, double stiffness) {
      int sites = whole.sites();
      long first = seeds.stream(Purpose.BUILD, sweep, round).below(sites);
      double[] before = whole.deviations();
      TaskPool.run(
          threads,
          TOGETHER,
          i -> {
            CountExchange one = several[(int) i];
            one.follow(whole);
            RandomStream stream = seeds.stream(Purpose.BUILD, sweep, round, i);
            long from = (first + i * (long) sites / TOGETHER) % sites;
            one.stay((int) from, whole.stretch(), stiffness, stream);
          },
          stop);
      for (CountExchange one : several) {
        whole.join(one, before);
      }
    }
  }

  /**
   * Whether triangles of sites can have given pairs along their sides: species of the three corners
   * with probabilities that are not negative and have the pairs as marginals. Where there are none,
   * no configuration has these pairs: in fcc not all neighbours can be unlike, in bcc not all first
   * neighbours unlike and second ones random. Found by iterative proportional fitting, which ends
   * at such probabilities if there are any. Necessary, not sufficient.
   */
  static final class TriangleCheck {
    private static final int ROUNDS = 3000;

    /** Fitting to what is possible ends far below, or comes nearer all the time. */
    private static final double IMPOSSIBLE = 2e-3;

    private final List<PairShares> shells;
    private final int kinds;

    /** Sides of a triangle by shell, ascending. */
    private record Sides(int first, int second, int third) {}

    private TriangleCheck(List<PairShares> shells) {
      this.shells = shells;
      kinds = shells.get(0).pairs().kinds();
    }

    /**
     * Refuses impossible targets ({@code shells}: targets, the nearest shell first; null for a
     * shell without).
     */
    static void require(Crystal crystal, List<PairShares> shells) {
      for (Sides sides : triangles(crystal, shells)) {
        TriangleCheck check =
            new TriangleCheck(
                List.of(
                    shells.get(sides.first()),
                    shells.get(sides.second()),
                    shells.get(sides.third())));
        double wrong = check.misfit();
        if (wrong > IMPOSSIBLE) {
          throw LatticeLiftException.badData(
              String.format(
                  Locale.ROOT,
                  "no configuration has these pairs: triangles with sides of shells %d, %d and %d"
                      + " cannot have them, the nearest is %.2g away",
                  sides.first() + 1,
                  sides.second() + 1,
                  sides.third() + 1,
                  wrong),
              "targets",
              "pairs of these shells that fit together",
              "Weaken the targets of one of these shells");
        }
      }
    }

    private static Set<Sides> triangles(Crystal crystal, List<PairShares> shells) {
      Set<Sides> found = new HashSet<>();
      for (int s = 0; s < shells.size(); s++) {
        for (int t = s; t < shells.size() && shells.get(s) != null; t++) {
          if (shells.get(t) != null) {
            addThird(crystal, shells, s, t, found);
          }
        }
      }
      return found;
    }

    private static void addThird(
        Crystal crystal, List<PairShares> shells, int s, int t, Set<Sides> found) {
      for (SiteOffset one : crystal.shell(0, s + 1)) {
        for (SiteOffset two : crystal.shell(0, t + 1)) {
          SiteOffset side =
              new SiteOffset(
                  two.dx() - one.dx(), two.dy() - one.dy(), two.dz() - one.dz(), two.basis());
          for (int u = t; u < shells.size(); u++) {
            if (shells.get(u) != null && crystal.shell(one.basis(), u + 1).contains(side)) {
              found.add(new Sides(s, t, u));
            }
          }
        }
      }
    }

    /** Largest deviation of a side after the last round. */
    private double misfit() {
      double[] corner = new double[kinds * kinds * kinds];
      Arrays.fill(corner, 1.0 / corner.length);
      double worst = 1;
      for (int round = 0; round < ROUNDS && worst > IMPOSSIBLE / 10; round++) {
        worst = 0;
        for (int side = 0; side < 3; side++) {
          worst = Math.max(worst, fit(corner, side));
        }
      }
      return worst;
    }

    /** Scales the corners so that one side has its pairs; returns how far off it was. */
    private double fit(double[] corner, int side) {
      double[] sum = new double[kinds * kinds];
      for (int i = 0; i < corner.length; i++) {
        sum[ends(i, side)] += corner[i];
      }
      double worst = 0;
      double[] factor = new double[sum.length];
      for (int k = 0; k < sum.length; k++) {
        double target = shells.get(side).directed(k / kinds, k % kinds);
        worst = Math.max(worst, Math.abs(sum[k] - target));
        factor[k] = sum[k] > 0 ? target / sum[k] : 0;
      }
      for (int i = 0; i < corner.length; i++) {
        corner[i] *= factor[ends(i, side)];
      }
      return worst;
    }

    /** The ends of a side: corners 0 and 1, 0 and 2, 1 and 2. */
    private int ends(int i, int side) {
      int a = i / (kinds * kinds);
      int b = i / kinds % kinds;
      int c = i % kinds;
      return switch (side) {
        case 0 -> a * kinds + b;
        case 1 -> a * kinds + c;
        default -> b * kinds + c;
      };
    }
  }
}
