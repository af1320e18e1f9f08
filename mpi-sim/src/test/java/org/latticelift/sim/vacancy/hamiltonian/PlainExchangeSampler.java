package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler.ExchangeTables;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * The plain twin of {@link ExchangeSampler}: bond energies around both sites before and after, read
 * from the lattice itself. Same draws, same bits.
 */
final class PlainExchangeSampler {
  private final EffectiveHamiltonian hamiltonian;
  private final Lattice lattice;
  private final List<Long> vacancies = new ArrayList<>();

  PlainExchangeSampler(EffectiveHamiltonian hamiltonian, Lattice lattice) {
    this.hamiltonian = hamiltonian;
    this.lattice = lattice;
    for (long vacancy : lattice.vacancies()) {
      vacancies.add(vacancy);
    }
  }

  void attempt(long attempts, RandomStream stream) {
    int n = (int) lattice.sites();
    for (long k = 0; k < attempts; k++) {
      if (k % ExchangeSampler.VACANCY_TURN == 0 && !vacancies.isEmpty()) {
        long from = vacancies.get(stream.below(vacancies.size()));
        exchange(from, stream.below(n), stream);
      } else {
        long bits = stream.bits();
        exchange((bits >>> 32) * n >>> 32, (bits & 0xffffffffL) * n >>> 32, stream);
      }
    }
  }

  private void exchange(long i, long j, RandomStream stream) {
    byte a = lattice.get(i);
    byte b = lattice.get(j);
    if (a == b) {
      return;
    }
    long before = around(i, j);
    swap(i, j);
    long change = around(i, j) - before;
    if (change > 0 && change > ExchangeTables.UNITS * stream.fastExponential()) {
      swap(i, j);
    } else if (a == Lattice.VACANCY) {
      vacancies.set(vacancies.indexOf(i), j);
    } else if (b == Lattice.VACANCY) {
      vacancies.set(vacancies.indexOf(j), i);
    }
  }

  private void swap(long i, long j) {
    byte kept = lattice.get(i);
    lattice.set(i, lattice.get(j));
    lattice.set(j, kept);
  }

  /** Energies of all bonds of two sites; one between them counts once. */
  private long around(long i, long j) {
    return bonds(i, -1) + bonds(j, i);
  }

  private long bonds(long site, long without) {
    long energy = 0;
    int basis = SiteIndex.b(site, lattice.crystal().basisCount());
    for (int s = 1; s <= hamiltonian.shells(); s++) {
      for (SiteOffset offset : lattice.crystal().shell(basis, s)) {
        long other = lattice.neighbour(site, offset);
        if (other != without) {
          double bond = hamiltonian.of(s, lattice.get(site), lattice.get(other));
          energy += (long) Math.rint(bond * ExchangeTables.UNITS);
        }
      }
    }
    return energy;
  }
}
