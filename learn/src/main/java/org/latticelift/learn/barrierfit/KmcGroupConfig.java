package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Environments met by vacancies in kinetic Monte Carlo with the teacher. Each member is one
 * history: a random alloy that goes through all stages. An environment is kept when it is new in
 * its member; keeping is spread evenly over the jumps of a stage.
 *
 * @param name category
 * @param kind {@code kmc}
 * @param share relative to the other groups
 */
public record KmcGroupConfig(
    String name,
    @OneOf("kmc") String kind,
    @Range(min = 0) double share,
    @Doc("independent histories") @Default("1") @Range(min = 1, max = 100000) int members,
    @Doc("cells per axis") @Default("8") @Range(min = 5, max = 64) int cells,
    @Doc("how the composition of each history is drawn") @Default("{}") AtomMixConfig composition,
    @Doc("fewest vacancies") @Default("1") @Range(min = 1, max = 20) int minVacancies,
    @Doc("most vacancies") @Default("1") @Range(min = 1, max = 20) int maxVacancies,
    @Doc("temperatures and jumps, in order") List<KmcStageConfig> stages)
    implements SampleGroup {

  /** Checks ranges that depend on each other. */
  public KmcGroupConfig {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("stages is empty");
    }
    if (maxVacancies < minVacancies) {
      throw new IllegalArgumentException("max_vacancies is below min_vacancies");
    }
  }

  @Override
  public int members(int wanted) {
    return Math.max(1, Math.min(members, wanted / stages.size()));
  }

  @Override
  public byte[] member(SampleContext context, int wanted, RandomStream stream) {
    SampledHistory history = new SampledHistory(context, cells, stream);
    history.fill(composition);
    history.placeVacancies(minVacancies, maxVacancies);
    for (int i = 0; i < stages.size(); i++) {
      int from = (int) ((long) wanted * i / stages.size());
      int to = (int) ((long) wanted * (i + 1) / stages.size());
      history.run(stages.get(i), to - from);
    }
    return history.environments();
  }

  /** One history of an alloy: its lattice, its vacancies, and the environments kept so far. */
  static final class SampledHistory {
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

  /** One temperature of a simulated history. */
  public record KmcStageConfig(
      @Doc("lowest temperature, K") @Key("temperature_K") @Range(min = 250, max = 5000)
          double temperatureK,
      @Doc("highest temperature, K; absent: the lowest")
          @Key("temperature_to_K")
          @Range(min = 250, max = 5000)
          java.util.Optional<Double> temperatureToK,
      @Doc("vacancy jumps") @Range(min = 1) long jumps) {

    double draw(RandomStream stream) {
      double high = temperatureToK.orElse(temperatureK);
      return temperatureK + (high - temperatureK) * stream.uniform();
    }
  }
}
