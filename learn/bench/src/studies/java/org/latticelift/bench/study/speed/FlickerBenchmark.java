package org.latticelift.bench.study.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.latticelift.bench.speed.BarrierBenchmark;
import org.latticelift.bench.speed.KmcBenchmark;
import org.latticelift.bench.speed.Rates;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * What resolving flicker gains: jumps of the plain process per second of processor time, resolved
 * against plain with cache, from the same annealed states of 1024 sites with one vacancy. A state
 * is cooled from a random one through 1400, 1000 and 800 K; at 600, 400 and 300 K it is annealed
 * further and both simulators are timed, one after the other, on this thread.
 */
public final class FlickerBenchmark {
  private static final int CELLS = 8;
  private static final double[] HOT = {1400, 1000, 800};
  private static final long[] HOT_JUMPS = {30_000, 200_000, 200_000};
  private static final double[] COLD = {600, 400, 300};
  private static final long ANNEALED_JUMPS = 500_000;
  private static final long PILOT = 5_000;
  private static final long PLAIN = 20_000;
  private static final double KERNEL_SECONDS = 0.3;
  private static final double NANOS = 1e9;

  private final BarrierModel model;
  private final double seconds;
  private final int states;
  private final List<EnvironmentCache> caches = new ArrayList<>();

  /** A measurement ({@code seconds}: processor time for each simulator, state and temperature). */
  public FlickerBenchmark(BarrierModel model, long cacheBytes, int states, double seconds) {
    this.model = model;
    this.seconds = seconds;
    this.states = states;
    for (double kelvin : COLD) {
      caches.add(new EnvironmentCache(model, kelvin, cacheBytes));
    }
  }

  /** Measures independent states; one gain per temperature: 600, 400, 300 K. */
  public List<FlickerGain> measure(int seeds) {
    List<List<FlickerSample>> samples = new ArrayList<>();
    for (int i = 0; i < COLD.length; i++) {
      samples.add(new ArrayList<>());
    }
    // The first state warms up the Java machine and is not counted.
    for (int seed = 0; seed <= seeds; seed++) {
      RandomStream stream = new Streams(seed).stream(Purpose.BENCHMARK, CELLS);
      Lattice lattice = hot(seed, stream);
      for (int i = 0; i < COLD.length; i++) {
        FlickerSample sample = cold(lattice, i, stream);
        if (seed > 0) {
          samples.get(i).add(sample);
        }
      }
    }
    double evaluations = BarrierBenchmark.measure(model, KERNEL_SECONDS).callsPerSecond();
    List<FlickerGain> gains = new ArrayList<>();
    for (int i = 0; i < COLD.length; i++) {
      gains.add(FlickerGain.of(model.name(), COLD[i], samples.get(i), evaluations));
    }
    return gains;
  }

  private Lattice hot(int seed, RandomStream stream) {
    Lattice lattice =
        KmcBenchmark.randomAlloy(model.crystal(), CELLS, model.species(), 1000 + seed);
    for (int k = 0; k < HOT.length; k++) {
      EnvironmentCache cache = new EnvironmentCache(model, HOT[k], 1 << 22);
      VacancySimulator simulator = new VacancySimulator(lattice, model, HOT[k], cache);
      simulator.activateAll();
      simulator.runEvents(HOT_JUMPS[k], Clock.EXPONENTIAL, stream);
    }
    return lattice;
  }

  private FlickerSample cold(Lattice lattice, int i, RandomStream stream) {
    FlickerSimulator flicker = new FlickerSimulator(lattice, model, COLD[i], caches.get(i), states);
    flicker.activateAll();
    flicker.runEvents(PILOT, Clock.EXPONENTIAL, stream);
    double perJump = flicker.time() / PILOT;
    flicker.runUntil(flicker.time() + ANNEALED_JUMPS * perJump, ANNEALED_JUMPS, stream);
    Lattice start = lattice.copy();
    double plain = plain(lattice, i, stream);
    lattice.set(start);
    FlickerSimulator measured =
        new FlickerSimulator(lattice, model, COLD[i], caches.get(i), states);
    measured.activateAll();
    double window = PILOT * perJump;
    double spent;
    long jumps;
    long misses;
    long passages;
    long resolved;
    do {
      // Ever longer runs until one is long enough to be timed: what a run learns is its own.
      lattice.set(start);
      measured.activateAll();
      long before = measured.jumps();
      misses = caches.get(i).lookups() - caches.get(i).hits();
      passages = measured.tally().passages();
      resolved = measured.tally().resolvedJumps();
      long began = Rates.nanos();
      measured.runUntil(measured.time() + window, stream);
      spent = (Rates.nanos() - began) / NANOS;
      jumps = measured.jumps() - before;
      misses = caches.get(i).lookups() - caches.get(i).hits() - misses;
      passages = measured.tally().passages() - passages;
      resolved = measured.tally().resolvedJumps() - resolved;
      window *= Math.max(2, Math.min(8, 1.2 * seconds / spent));
    } while (spent < seconds);
    double each = Math.max(1, passages);
    return new FlickerSample(
        plain,
        jumps / spent,
        measured.tally().meanStates(),
        resolved / each,
        (double) resolved / jumps,
        misses / each);
  }

  private double plain(Lattice lattice, int i, RandomStream stream) {
    VacancySimulator simulator = new VacancySimulator(lattice, model, COLD[i], caches.get(i));
    simulator.activateAll();
    return Rates.of(seconds, () -> simulator.runEvents(PLAIN, Clock.EXPONENTIAL, stream));
  }

  /**
   * Gain from resolving flicker at one temperature: medians over independent states.
   *
   * @param model name of the barrier model
   * @param temperatureK K
   * @param states number of states measured
   * @param ratio jumps per second, resolved over plain
   * @param quartiles of the ratio
   * @param plain jumps per second of processor time, plain with cache
   * @param jumpsPerPassage jumps resolved at once
   * @param basinStates states per basin
   * @param resolvedShare share of the jumps that were resolved
   * @param ceiling ratio if resolving cost nothing: each passage still jumps into one new state and
   *     evaluates its barriers where the cache does not have them
   */
  public record FlickerGain(
      String model,
      double temperatureK,
      int states,
      double ratio,
      @Part Quartiles quartiles,
      double plain,
      double jumpsPerPassage,
      double basinStates,
      double resolvedShare,
      double ceiling) {

    /** Heads the columns of {@link #line}. */
    public static final String HEADER =
        "model         K   ratio   (quartiles)        plain jumps/s   jumps/passage   states"
            + "   resolved   ceiling";

    static FlickerGain of(
        String model, double kelvin, List<FlickerSample> samples, double evaluationsPerSecond) {
      return new FlickerGain(
          model,
          kelvin,
          samples.size(),
          quantile(samples, FlickerSample::ratio, 0.5),
          new Quartiles(
              quantile(samples, FlickerSample::ratio, 0.25),
              quantile(samples, FlickerSample::ratio, 0.75)),
          quantile(samples, FlickerSample::plain, 0.5),
          quantile(samples, FlickerSample::jumpsPerPassage, 0.5),
          quantile(samples, FlickerSample::states, 0.5),
          quantile(samples, FlickerSample::share, 0.5),
          quantile(samples, sample -> sample.ceiling(evaluationsPerSecond), 0.5));
    }

    private static double quantile(
        List<FlickerSample> samples, ToDoubleFunction<FlickerSample> value, double share) {
      double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
      double at = share * (sorted.length - 1);
      int below = (int) at;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** One line for people; the gain in a table row. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%-10s %4.0f %7.3g   (%.3g - %.3g)   %12.0f   %13.3g   %6.1f   %8.4f   %7.3g",
          model,
          temperatureK,
          ratio,
          quartiles.lowerQuartile,
          quartiles.upperQuartile,
          plain,
          jumpsPerPassage,
          basinStates,
          resolvedShare,
          ceiling);
    }
  }

  /** Between them lies half of the states. */
  public record Quartiles(double lowerQuartile, double upperQuartile) {}

  /**
   * One state measured.
   *
   * @param plain jumps per second of processor time, one by one
   * @param resolved the same with flicker resolved
   * @param states mean states of a basin
   * @param jumpsPerPassage jumps resolved at once
   * @param share share of the jumps that were resolved
   * @param evaluations barriers evaluated per passage: new states that the cache does not have
   */
  record FlickerSample(
      double plain,
      double resolved,
      double states,
      double jumpsPerPassage,
      double share,
      double evaluations) {
    double ratio() {
      return resolved / plain;
    }

    /** The ratio if a passage cost no more than one plain jump and the barriers of a new state. */
    double ceiling(double evaluationsPerSecond) {
      return jumpsPerPassage / plain / (1 / plain + evaluations / evaluationsPerSecond);
    }
  }
}
