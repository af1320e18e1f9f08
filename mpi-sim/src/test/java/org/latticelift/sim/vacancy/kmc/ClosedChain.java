package org.latticelift.sim.vacancy.kmc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * All states of a few vacancies confined to a chain of four sites along [111], and the generator of
 * their Markov chain, found by brute force: plain energies of the whole lattice, double precision,
 * none of the simulator's code. A chain has no loops, so the vacancies' places fix the state.
 */
final class ClosedChain {
  static final int SITES = 4;
  static final double KELVIN = 900;
  private static final double KT = 8.617333e-5 * KELVIN;

  final long[] site = new long[SITES];
  final PairModel model = PairModel.threeSpecies();
  final Lattice start;
  final Map<List<Integer>, Integer> index = new HashMap<>();
  final List<Lattice> states = new ArrayList<>();

  /** Generator: [i][j] the rate from i to j, 1/s, rows summing to zero. */
  final double[][] generator;

  final double[] boltzmann;

  ClosedChain(int... occupied) {
    start = RandomAlloy.of(Crystal.bcc(), 6, 6, 6, 3, 0, 77);
    EnvironmentGeometry[] g = {Crystal.bcc().environment(0), Crystal.bcc().environment(1)};
    site[0] = start.index(2, 3, 1, 0);
    for (int i = 1; i < SITES; i++) {
      var from = g[(int) (site[i - 1] % 2)];
      site[i] = start.neighbour(site[i - 1], from.offset(from.hopTarget(7)));
    }
    for (int i : occupied) {
      start.set(site[i], Lattice.VACANCY);
    }
    visit(start);
    generator = new double[states.size()][states.size()];
    boltzmann = new double[states.size()];
    fill();
  }

  private void visit(Lattice state) {
    if (index.putIfAbsent(key(state), states.size()) != null) {
      return;
    }
    states.add(state.copy());
    for (int i = 0; i + 1 < SITES; i++) {
      Lattice next = exchanged(state, i);
      if (next != null) {
        visit(next);
      }
    }
  }

  /**
   * The state after the vacancy on one of sites i, i+1 changed places with the atom on the other.
   */
  private Lattice exchanged(Lattice state, int i) {
    byte a = state.get(site[i]);
    byte b = state.get(site[i + 1]);
    if ((a == 0) == (b == 0)) {
      return null;
    }
    Lattice next = state.copy();
    next.set(site[i], b);
    next.set(site[i + 1], a);
    return next;
  }

  List<Integer> key(Lattice state) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < SITES; i++) {
      if (state.get(site[i]) == Lattice.VACANCY) {
        places.add(i);
      }
    }
    return places;
  }

  private void fill() {
    double partition = 0;
    double lowest = states.stream().mapToDouble(this::energy).min().orElseThrow();
    for (int s = 0; s < states.size(); s++) {
      double energy = energy(states.get(s));
      boltzmann[s] = Math.exp(-(energy - lowest) / KT);
      partition += boltzmann[s];
      for (int i = 0; i + 1 < SITES; i++) {
        Lattice next = exchanged(states.get(s), i);
        if (next != null) {
          double barrier = PairModel.SADDLE + 0.5 * (energy(next) - energy);
          double rate = 1e13 * Math.exp(-barrier / KT);
          generator[s][index.get(key(next))] += rate;
          generator[s][s] -= rate;
        }
      }
    }
    for (int s = 0; s < boltzmann.length; s++) {
      boltzmann[s] /= partition;
    }
  }

  private double energy(Lattice lattice) {
    double sum = 0;
    for (long k = 0; k < lattice.sites(); k++) {
      var g = Crystal.bcc().environment(SiteIndex.b(k, 2));
      for (int d = 0; d < 8; d++) {
        long neighbour = lattice.neighbour(k, g.offset(g.hopTarget(d)));
        sum += 0.5 * model.energy()[lattice.get(k)][lattice.get(neighbour)];
      }
    }
    return sum;
  }

  /** The chain as a region of the simulator. */
  Region region() {
    return (x, y, z, b) -> {
      long s = start.index(x, y, z, b);
      return s == site[0] || s == site[1] || s == site[2] || s == site[3];
    };
  }

  /** A confined simulator of a copy of the start. */
  VacancySimulator simulator(Lattice lattice) {
    VacancySimulator simulator =
        new VacancySimulator(lattice, model, KELVIN, new EnvironmentCache(model, KELVIN, 1 << 16));
    simulator.activateAll();
    simulator.confine(region());
    return simulator;
  }

  int state(Lattice lattice) {
    return index.get(key(lattice));
  }

  /** exp(Q t) by scaling, a Taylor series and squaring. */
  static double[][] exponential(double[][] q, double t) {
    int n = q.length;
    int squarings = 0;
    double norm = 0;
    for (int i = 0; i < n; i++) {
      norm = Math.max(norm, 2 * Math.abs(q[i][i]) * t);
    }
    while (norm > 0.25) {
      norm /= 2;
      squarings++;
    }
    double[][] scaled = new double[n][n];
    double[][] term = new double[n][n];
    double[][] sum = new double[n][n];
    for (int i = 0; i < n; i++) {
      term[i][i] = 1;
      sum[i][i] = 1;
      for (int j = 0; j < n; j++) {
        scaled[i][j] = q[i][j] * t / Math.pow(2, squarings);
      }
    }
    for (int k = 1; k < 20; k++) {
      term = product(term, scaled, 1.0 / k);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          sum[i][j] += term[i][j];
        }
      }
    }
    for (int k = 0; k < squarings; k++) {
      sum = product(sum, sum, 1);
    }
    return sum;
  }

  private static double[][] product(double[][] a, double[][] b, double factor) {
    int n = a.length;
    double[][] c = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          c[i][j] += factor * a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }
}
