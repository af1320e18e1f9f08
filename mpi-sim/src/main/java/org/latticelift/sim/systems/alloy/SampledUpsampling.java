package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Upsampling without tiles (EX-21): a record is drawn, and a state of the large size from the
 * ensemble of largest entropy that has the pairs of this record, or the mean of some of its age.
 * The state begins at random, so it depends on nothing but the record and its own stream, and may
 * have any size and composition. Serves one thread.
 */
final class SampledUpsampling {
  /** After so many attempted exchanges per site nothing is left of the random start. */
  static final int ATTEMPTS_PER_SITE = 30;

  private final AlloyLattices lattices;
  private final GroupedEnsembles ensembles;
  private final RecordWindow window;
  private final PairCounts.Counter counter;
  private final Map<Cells, ExchangeLattice> exchanges = new HashMap<>();

  /**
   * @param ensembles what was fitted
   * @param window of records that count as of one age
   */
  SampledUpsampling(AlloyLattices lattices, GroupedEnsembles ensembles, RecordWindow window) {
    this.lattices = lattices;
    this.ensembles = ensembles;
    this.window = window;
    counter =
        new PairCounts.Counter(
            lattices.crystal(),
            new PairKinds(lattices.config().species().size()),
            lattices.crystal().environment(0).shellCount());
  }

  /**
   * The model of states like a record, which is drawn, and others of its age and group. It stands
   * for the time until the next one: what is random at its beginning is so for a moment only.
   *
   * @param records whose mean the states have
   */
  StateModel like(SnapshotPool<AlloyState> pool, int records, RandomStream stream) {
    int run = stream.below(pool.runs());
    int record = stream.below(pool.records());
    List<PairCounts> counts = new ArrayList<>();
    counts.add(counter.count(pool.snapshot(run, record).lattice()));
    while (counts.size() < records) {
      int other = stream.below(pool.runs());
      int near = window.near(record, pool.records(), stream);
      counts.add(counter.count(pool.snapshot(other, near).lattice()));
    }
    double age = pool.age(record) + stream.uniform() * pool.lasts(record);
    return new StateModel(ensembles.like(pool.group(), counts), age);
  }

  /**
   * A new lattice.
   *
   * @param counts sites per code
   */
  Lattice build(EffectiveHamiltonian hamiltonian, Cells cells, long[] counts, RandomStream stream) {
    Lattice lattice = RandomAlloy.of(lattices.shapes().of(cells), counts, stream).lattice();
    ExchangeLattice exchange =
        exchanges.computeIfAbsent(cells, c -> new ExchangeLattice(lattice, hamiltonian.shells()));
    order(hamiltonian, lattice, exchange, stream);
    return lattice;
  }

  /**
   * Gives a lattice the order of an ensemble.
   *
   * @param lattice of any arrangement; changed
   * @param room for lattices of its shape
   */
  static void order(
      EffectiveHamiltonian hamiltonian,
      Lattice lattice,
      ExchangeLattice room,
      RandomStream stream) {
    room.load(lattice);
    new ExchangeSampler(hamiltonian, room).attempt(ATTEMPTS_PER_SITE * lattice.sites(), stream);
    room.store(lattice);
  }
}
