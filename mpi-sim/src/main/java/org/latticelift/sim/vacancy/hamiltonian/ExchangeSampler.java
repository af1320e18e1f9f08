package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Metropolis sampling of a Hamiltonian by exchanges of any two sites: the composition is kept, and
 * order relaxes in a few attempts per site however far atoms would have to diffuse. Every fifth
 * attempt exchanges a vacancy, which would otherwise hardly ever be chosen; both kinds of proposal
 * are as likely as their reversal, so each leaves the distribution as it is.
 *
 * <p>Cost of an attempt: two random numbers, and unless both sites are of one kind two sums of
 * {@link ExchangeLattice}; about 150 ns for five shells of bcc on a busy core, so that 30 attempts
 * per site of 8192 sites take 40 ms. {@code ExchangeBenchmark} measures it. The plain twin is
 * {@code PlainExchangeSampler}. Serves one thread.
 */
public final class ExchangeSampler {
  /** One of so many attempts moves a vacancy. */
  static final int VACANCY_TURN = 5;

  private final ExchangeLattice lattice;
  private final int[][] tables;
  private int[] vacancies;

  /**
   * For the state that a lattice holds at the moment; who loads another one makes another sampler
   * ({@code lattice}: changed by {@link #attempt}).
   */
  public ExchangeSampler(EffectiveHamiltonian hamiltonian, ExchangeLattice lattice) {
    this.lattice = lattice;
    tables = ExchangeTables.of(hamiltonian);
    vacancies = new int[4];
    int found = 0;
    for (int site = 0; site < lattice.sites(); site++) {
      if (lattice.get(site) == Lattice.VACANCY) {
        if (found == vacancies.length) {
          vacancies = Arrays.copyOf(vacancies, 2 * found);
        }
        vacancies[found++] = site;
      }
    }
    vacancies = Arrays.copyOf(vacancies, found);
  }

  /**
   * Attempts exchanges ({@code attempts}: how many; about 30 per site forget the state before); how
   * many exchanges of unlike kinds were accepted.
   */
  public long attempt(long attempts, RandomStream stream) {
    long accepted = 0;
    long n = lattice.sites();
    for (long k = 0; k < attempts; k++) {
      if (k % VACANCY_TURN == 0 && vacancies.length > 0) {
        int v = stream.below(vacancies.length);
        int to = stream.below((int) n);
        if (exchange(vacancies[v], to, stream)) {
          vacancies[v] = to;
          accepted++;
        }
      } else {
        long bits = stream.bits();
        int i = (int) ((bits >>> 32) * n >>> 32);
        int j = (int) ((bits & 0xffffffffL) * n >>> 32);
        if (exchange(i, j, stream)) {
          follow(i, j);
          accepted++;
        }
      }
    }
    return accepted;
  }

  /** A vacancy may have been one of two sites that were drawn. */
  private void follow(int i, int j) {
    if (lattice.get(j) == Lattice.VACANCY) {
      vacancies[find(i)] = j;
    } else if (lattice.get(i) == Lattice.VACANCY) {
      vacancies[find(j)] = i;
    }
  }

  private int find(int site) {
    int v = 0;
    while (vacancies[v] != site) {
      v++;
    }
    return v;
  }

  /** The second sum sees the first site already changed, so neighbours need no correction. */
  private boolean exchange(int i, int j, RandomStream stream) {
    byte a = lattice.get(i);
    byte b = lattice.get(j);
    if (a == b) {
      return false;
    }
    int[] table = tables[a * ExchangeLattice.CODES + b];
    int energy = lattice.sum(i, table);
    lattice.set(i, b);
    energy -= lattice.sum(j, table);
    boolean accepted = energy <= 0 || energy <= ExchangeTables.UNITS * stream.fastExponential();
    if (accepted) {
      lattice.set(j, a);
    } else {
      lattice.set(i, a);
    }
    return accepted;
  }

  /**
   * What the neighbours of a site contribute when the site changes its kind, in whole units of
   * 2^-18 kT: sums of integers do not depend on their order, so that every way to compute the
   * change of an energy gives the same bits. Rounding changes the energy of an exchange by about
   * 1e-5 kT.
   */
  static final class ExchangeTables {
    /** Units per kT. */
    static final double UNITS = 1 << 18;

    private ExchangeTables() {}

    /**
     * A table for every change of kind, [from kind CODES + to kind]: by {@code CODES (shell - 1) +
     * neighbour's kind}; null where there is no such kind.
     */
    static int[][] of(EffectiveHamiltonian hamiltonian) {
      int codes = ExchangeLattice.CODES;
      int kinds = hamiltonian.kinds().kinds();
      int[][] tables = new int[codes * codes][];
      for (int from = 0; from < kinds; from++) {
        for (int to = 0; to < kinds; to++) {
          int[] table = new int[hamiltonian.shells() * codes];
          for (int s = 0; s < hamiltonian.shells(); s++) {
            for (int c = 0; c < kinds; c++) {
              table[s * codes + c] =
                  units(hamiltonian.of(s + 1, to, c)) - units(hamiltonian.of(s + 1, from, c));
            }
          }
          tables[from * codes + to] = table;
        }
      }
      return tables;
    }

    private static int units(double j) {
      return (int) Math.rint(j * UNITS);
    }
  }
}
