package org.latticelift.learn.barrierfit;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.Clock;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** One history of an alloy: its lattice, its vacancies, and the environments kept so far. */
final class SampledHistory {
  private static final long CACHE_BYTES = 32L << 20;
  private static final long CACHED_JUMPS = 50_000;
  private static final long STOP_CHECK = 10_000;

  private final SampleContext context;
  private final RandomStream stream;
  private final Lattice lattice;
  private final EnvironmentSet kept;
  private long jump;
  private double next;
  private double stride;

  /** An empty lattice; to be filled before anything runs. */
  SampledHistory(SampleContext context, int cells, RandomStream stream) {
    this.context = context;
    this.stream = stream;
    lattice = new Lattice(context.teacher().crystal(), cells, cells, cells);
    kept = new EnvironmentSet(context.sites());
  }

  /** Draws a composition and the species of all sites. */
  void fill(AtomMixConfig composition) {
    double[] cumulative = composition.draw(context.speciesNames().size(), stream);
    for (int x = 0; x < lattice.nx(); x++) {
      byte[] plane = lattice.plane(x);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = AtomMixConfig.species(cumulative, stream);
      }
    }
  }

  /** Draws a number of vacancies within these bounds and places them near the first. */
  void placeVacancies(int fewest, int most) {
    int count = fewest + stream.below(most - fewest + 1);
    EnvironmentGeometry geometry = lattice.crystal().environment(0);
    lattice.set(0, 0, 0, 0, Lattice.VACANCY);
    for (int placed = 1; placed < count; ) {
      SiteOffset offset = geometry.offset(stream.below(geometry.sites()));
      long site = lattice.neighbour(lattice.index(0, 0, 0, 0), offset);
      if (lattice.get(site) != Lattice.VACANCY) {
        lattice.set(site, Lattice.VACANCY);
        placed++;
      }
    }
  }

  /** Runs one stage and keeps up to the wanted number of new environments. */
  void run(KmcStageConfig stage, int wanted) {
    double kelvin = stage.draw(stream);
    VacancySimulator simulator = simulator(kelvin, stage.jumps());
    jump = 0;
    stride = (double) stage.jumps() / Math.max(1, wanted);
    next = wanted > 0 ? stride * stream.uniform() : Double.POSITIVE_INFINITY;
    simulator.observe(this::keep);
    simulator.activateAll();
    for (long done = 0; done < stage.jumps(); done += STOP_CHECK) {
      context.stop().check();
      simulator.runEvents(Math.min(STOP_CHECK, stage.jumps() - done), Clock.MEAN, stream);
    }
  }

  private VacancySimulator simulator(double kelvin, long jumps) {
    BarrierModel teacher = context.teacher();
    EnvironmentCache cache =
        jumps < CACHED_JUMPS ? null : new EnvironmentCache(teacher, kelvin, CACHE_BYTES);
    return new VacancySimulator(lattice, teacher, kelvin, cache);
  }

  private void keep(JumpEvent event) {
    jump++;
    if (jump >= next && kept.add(event.after(), event.afterOffset())) {
      next += stride;
    }
  }

  byte[] environments() {
    return kept.toArray();
  }
}
