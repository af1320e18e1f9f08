package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.FitObserver;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFit;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;
import org.latticelift.sim.vacancy.hamiltonian.StagedFit;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Fits what large states of largest entropy are sampled from: Hamiltonians of all small runs of a
 * condition, shifted to each group of them (EX-07, EX-21).
 *
 * @param lattices sizes and atoms
 * @param shells of the Hamiltonians
 */
record HamiltonianFits(AlloyLattices lattices, int shells) {
  /** Fits a condition, and writes it into a new file. */
  void fit(
      Condition condition,
      SnapshotPool<AlloyState> pool,
      List<SnapshotPool<AlloyState>> groups,
      Streams streams,
      FitObserver observer,
      Hdf5Writer part) {
    PairKinds kinds = new PairKinds(lattices.config().species().size());
    StagedFit fit = new StagedFit(kinds, shells, HamiltonianFit.Settings.DEFAULT);
    Purpose purpose = Purpose.HAMILTONIAN_FIT;
    List<FittedStage> all =
        fit.fit(
            new LatticePool(pool),
            streams.stream(purpose, condition.key()),
            (stage, stages) -> observer.begins(0, groups.size(), stage, stages));
    List<List<FittedStage>> ofGroups = new ArrayList<>();
    for (SnapshotPool<AlloyState> group : groups) {
      RandomStream stream = streams.stream(purpose, condition.key(), ofGroups.size());
      int number = ofGroups.size() + 1;
      ofGroups.add(
          fit.shifted(
              all,
              new LatticePool(group),
              stream,
              (stage, stages) -> observer.begins(number, groups.size(), stage, stages)));
    }
    describe(part);
    HamiltonianFile.write(part, condition, new FittedStages(all, ofGroups));
  }

  /** Writes the conditions of some files into one. */
  void join(List<Path> parts, Hdf5Writer file) {
    describe(file);
    for (Path path : parts) {
      try (HamiltonianFile part = HamiltonianFile.open(path)) {
        part.conditions().forEach(c -> HamiltonianFile.write(file, c, part.fits(c)));
      }
    }
  }

  private void describe(Hdf5Writer file) {
    HamiltonianFile.describe(file, lattices.config().species(), lattices.smallSites());
  }

  /** The lattices of the states of a pool. */
  private record LatticePool(SnapshotPool<AlloyState> states) implements SnapshotPool<Lattice> {
    @Override
    public int runs() {
      return states.runs();
    }

    @Override
    public int records() {
      return states.records();
    }

    @Override
    public Lattice snapshot(int run, int record) {
      return states.snapshot(run, record).lattice();
    }

    @Override
    public int place(int record) {
      return states.place(record);
    }

    @Override
    public int group() {
      return states.group();
    }
  }
}
