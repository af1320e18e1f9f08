package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Clock;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Partial evolution (ME-12): one vacancy, chosen uniformly, jumps while all others are frozen
 * (AL-71, DI-03). Its patch has the size of the small system and is centred on it. The increment is
 * the change of all bonds in patch units: their number over the atoms per vacancy.
 */
final class PatchEvolution {
  private final LiftingRules rules;
  private final Observation observation;
  private final ShapeSimulators benches;

  PatchEvolution(LiftingRules rules, Observation observation, ShapeSimulators benches) {
    this.rules = rules;
    this.observation = observation;
    this.benches = benches;
  }

  /** Evolves and takes everything back. */
  PartialEvolution evolve(AlloyState state, Duration duration, Clock clock, RandomStream stream) {
    Lattice lattice = state.lattice();
    int chosen = stream.below(state.vacancies().length);
    CellBox patch = rules.lattices().patches().around(lattice, state.vacancies()[chosen]);
    if (rules.evolve().environment() == Environment.PERIODIC) {
      return closed(lattice, patch, chosen, duration, clock, stream);
    }
    return open(state, chosen, patch, duration, clock, stream);
  }

  private PartialEvolution open(
      AlloyState state,
      int chosen,
      CellBox patch,
      Duration duration,
      Clock clock,
      RandomStream stream) {
    Lattice lattice = state.lattice();
    ShapeSimulator bench = benches.of(lattice);
    bench.load(lattice);
    OrderParameters order = observation.order(lattice);
    Counts change = order.newCounts();
    Region region =
        switch (rules.evolve().environment()) {
          case GHOST -> patch.region(lattice);
          case BUFFER -> patch.grown(lattice, rules.evolve().bufferCells()).region(lattice);
          case WHOLE, PERIODIC -> null;
        };
    long[] vacancy = {state.vacancies()[chosen]};
    Progression progression =
        bench.tryOut(vacancy, duration, clock, stream, order.tracker(change), region);
    double[] increment = new double[order.size()];
    order.difference(change, state.vacancies().length, increment);
    return new PartialEvolution(
        chosen,
        observation.patch(lattice, patch),
        increment,
        progression.events(),
        progression.seconds(),
        region != null && bench.metWall() ? 1 : 0);
  }

  /** The cut-out patch closed on itself; all vacancies in it compete (AL-72). */
  private PartialEvolution closed(
      Lattice lattice,
      CellBox patch,
      int chosen,
      Duration duration,
      Clock clock,
      RandomStream stream) {
    ShapeSimulator bench = benches.of(rules.lattices().small());
    CutOut.cut(lattice, patch, bench.lattice());
    double[] before = isolated(bench.lattice(), lattice);
    Progression progression = bench.run(bench.lattice().vacancies(), duration, clock, stream);
    double[] after = isolated(bench.lattice(), lattice);
    double[] increment = new double[before.length];
    for (int i = 0; i < increment.length; i++) {
      increment[i] = after[i] - before[i];
    }
    return new PartialEvolution(
        chosen, before, increment, progression.events(), progression.seconds(), 0);
  }

  private double[] isolated(Lattice patch, Lattice lattice) {
    return rules.ownAtoms() ? observation.isolated(patch) : observation.isolated(patch, lattice);
  }
}
