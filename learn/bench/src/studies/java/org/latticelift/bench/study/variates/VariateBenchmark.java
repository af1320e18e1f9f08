package org.latticelift.bench.study.variates;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Dynamics.Progression;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;

/**
 * Evolves all patches of snapshots of the large system, one by one and together. Snapshots come
 * from one run of the large system itself, so what upsampling does is not part of it.
 */
public final class VariateBenchmark<S> {
  private final LatticeSystem<S> system;
  private final Sampling sampling;

  /**
   * How snapshots are taken.
   *
   * @param snapshots number of them
   * @param burnIn time before the first
   * @param gap time between two
   * @param most patches of a snapshot that are evolved
   * @param byEvents whether all times are in units of the mean time of an event of a patch
   */
  public record Sampling(int snapshots, double burnIn, double gap, long most, boolean byEvents) {}

  /** Events of a patch from which their mean time is found. */
  private static final long PILOT = 2_000;

  /** Measures nothing yet. */
  public VariateBenchmark(LatticeSystem<S> system, Sampling sampling) {
    this.system = system;
    this.sampling = sampling;
  }

  /**
   * Measures at one condition ({@code times}: durations of evolutions, all from the same
   * snapshots).
   */
  public List<VariateGain> measure(Condition condition, List<Double> times) {
    Dynamics<S> dynamics = dynamics(condition);
    Streams streams = new Streams(1);
    RandomStream run = streams.stream(Purpose.BENCHMARK, condition.key());
    int[] independent = system.macroscopics().independent();
    List<Increments> ofPatches = new ArrayList<>();
    List<Increments> ofWhole = new ArrayList<>();
    times.forEach(time -> ofPatches.add(new Increments(independent)));
    times.forEach(time -> ofWhole.add(new Increments(independent)));
    S state = dynamics.initial(system.large(), run);
    double unit = sampling.byEvents() ? eventTime(dynamics, state, run) : 1;
    dynamics.advance(state, Duration.time(unit * sampling.burnIn()), run);
    unit = sampling.byEvents() ? eventTime(dynamics, state, run) : 1;
    for (int snapshot = 0; snapshot < sampling.snapshots(); snapshot++) {
      dynamics.advance(state, Duration.time(unit * sampling.gap()), run);
      var patches = dynamics.patches(state, true);
      for (int t = 0; t < times.size(); t++) {
        Duration duration = Duration.time(unit * times.get(t));
        RandomStream stream = streams.stream(Purpose.BENCHMARK, condition.key(), snapshot, t);
        for (long k = 0; k < Math.min(patches.count(), sampling.most()); k++) {
          PartialEvolution made = patches.evolve(k, duration, stream);
          ofPatches.get(t).add(snapshot, made.increment(), made.compensator());
        }
        JointEvolution joint = patches.evolveAll(duration, stream);
        ofWhole.get(t).add(snapshot, joint.increment(), joint.compensator());
      }
    }
    List<VariateGain> gains = new ArrayList<>();
    for (int t = 0; t < times.size(); t++) {
      gains.addAll(gains(condition, times.get(t), ofPatches.get(t), ofWhole.get(t)));
    }
    return gains;
  }

  private double eventTime(Dynamics<S> dynamics, S state, RandomStream run) {
    long patches = system.large().patches();
    Progression made = dynamics.advance(state, Duration.events(PILOT * patches), run);
    return made.time() * patches / made.events();
  }

  private Dynamics<S> dynamics(Condition condition) {
    return LatticeSystem.liftable(system).dynamics(condition, 0);
  }

  private List<VariateGain> gains(
      Condition condition, double time, Increments patches, Increments whole) {
    Macroscopics names = system.macroscopics();
    List<VariateGain> gains = new ArrayList<>();
    for (int i : names.independent()) {
      gains.add(
          new VariateGain(
              condition.name(),
              time,
              names.names().get(i),
              patches.varianceLeft(i),
              patches.variance(i) / whole.variance(i),
              system.large().patches(),
              patches.largestMean(sampling.snapshots())));
    }
    return gains;
  }

  /**
   * Increments of patches with their martingales (increment less compensator), snapshot by
   * snapshot.
   */
  static final class Increments {
    private record Sample(int snapshot, double[] increment, double[] martingale) {}

    private final List<Sample> samples = new ArrayList<>();
    private final int[] independent;

    /**
     * @param independent observables that the others follow from; only their martingales are used
     */
    Increments(int[] independent) {
      this.independent = independent.clone();
    }

    void add(int snapshot, double[] increment, double[] compensator) {
      double[] martingale = new double[independent.length];
      for (int i = 0; i < martingale.length; i++) {
        martingale[i] = increment[independent[i]] - compensator[independent[i]];
      }
      samples.add(new Sample(snapshot, increment, martingale));
    }

    /** Variance of one observable's increments over all samples. */
    double variance(int observable) {
      double sum = 0;
      double square = 0;
      for (Sample sample : samples) {
        double value = sample.increment[observable];
        sum += value;
        square += value * value;
      }
      double mean = sum / samples.size();
      return square / samples.size() - mean * mean;
    }

    /**
     * The share of the variance of an increment that is left by the best combination of
     * martingales, whose coefficients come from the other half of the snapshots.
     */
    double varianceLeft(int observable) {
      double[][] coefficients = {coefficients(observable, 1), coefficients(observable, 0)};
      double sum = 0;
      double square = 0;
      for (Sample sample : samples) {
        double left = sample.increment[observable];
        double[] b = coefficients[sample.snapshot % 2];
        for (int j = 0; j < b.length; j++) {
          left -= b[j] * sample.martingale[j];
        }
        sum += left;
        square += left * left;
      }
      double mean = sum / samples.size();
      return (square / samples.size() - mean * mean) / variance(observable);
    }

    /** The largest mean of a martingale in its standard errors; snapshots are independent. */
    double largestMean(int snapshots) {
      double largest = 0;
      for (int i = 0; i < independent.length; i++) {
        double[] sums = new double[snapshots];
        for (Sample sample : samples) {
          sums[sample.snapshot] += sample.martingale[i];
        }
        double mean = 0;
        double square = 0;
        for (double sum : sums) {
          mean += sum / snapshots;
          square += sum * sum / snapshots;
        }
        double error = Math.sqrt((square - mean * mean) / snapshots);
        largest = Math.max(largest, Math.abs(mean) / error);
      }
      return largest;
    }

    /** E[dz M^T] E[M M^T]^-1 of the snapshots of one half. */
    private double[] coefficients(int observable, int half) {
      int n = independent.length;
      double[][] system = new double[n][n + 1];
      for (Sample sample : samples) {
        if (sample.snapshot % 2 == half) {
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              system[i][j] += sample.martingale[i] * sample.martingale[j];
            }
            system[i][n] += sample.martingale[i] * sample.increment[observable];
          }
        }
      }
      return solve(system);
    }

    /** Gauss elimination; positive definite matrices need no exchange of rows. */
    private static double[] solve(double[][] system) {
      int n = system.length;
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < n; i++) {
          if (i != k) {
            double factor = system[i][k] / system[k][k];
            for (int j = k; j <= n; j++) {
              system[i][j] -= factor * system[k][j];
            }
          }
        }
      }
      double[] solution = new double[n];
      for (int k = 0; k < n; k++) {
        solution[k] = system[k][n] / system[k][k];
      }
      return solution;
    }
  }
}
