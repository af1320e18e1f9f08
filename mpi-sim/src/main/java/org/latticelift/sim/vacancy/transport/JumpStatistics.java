package org.latticelift.sim.vacancy.transport;

import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;
import org.latticelift.sim.vacancy.kmc.ResidenceObserver;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;

/**
 * What a vacancy meets and what it does: barriers of the ways out of the states it visits, those it
 * takes, how long it stays, and which sites it jumps from. A number of jumps is the time in a state
 * times its rates, the mean given that time: so jumps resolved at once count as those made one by
 * one do, and noise is less than that of counted ones.
 *
 * <p>Cost: the ways of every vacancy are looked at at every jump, about a microsecond, and sites
 * are sorted at every record; 8 bytes a site. Not safe for threads.
 */
public final class JumpStatistics {
  /** Width of a bin of barriers, eV; the first one begins at 0. */
  public static final double BARRIER_STEP = 0.05;

  /** Bins of barriers; the last one has all higher ones. */
  public static final int BARRIERS = 80;

  /** Bins of the decimal logarithm of a residence time in s. */
  public static final int TIMES = 100;

  /** Where the first of them begins. */
  public static final double FIRST_TIME = -16;

  /** Their width. */
  public static final double TIME_STEP = 0.2;

  /** Shares of the sites, those with most jumps first. */
  public static final List<Double> SHARES = List.of(0.001, 0.003, 0.01, 0.03, 0.1, 0.3);

  private static final double BOLTZMANN_EV = 8.617333262e-5;

  private final Bins bins;

  /** As in a record, without shares. */
  private final double[] sums;

  private final double[] jumps;

  private final double[] logAttempt;
  private final HopVisitor adder = this::add;
  private final HopVisitor meter = this::met;
  private double thermal;

  /** Those of the state that is told of. */
  private double total;

  private double told;

  /**
   * What the numbers are, one after the other: for each species and bin of barriers the ways met
   * and the ways taken, for each bin of residence times the states visited and the time spent, and
   * for each of {@link #SHARES} the part of all jumps that these sites have.
   */
  record Bins(int species) {
    int met(int code) {
      return 2 * BARRIERS * (code - 1);
    }

    int taken(int code) {
      return met(code) + BARRIERS;
    }

    int visits() {
      return 2 * BARRIERS * species;
    }

    int time() {
      return visits() + TIMES;
    }

    int shares() {
      return time() + TIMES;
    }

    int columns() {
      return shares() + SHARES.size();
    }
  }

  /**
   * What all runs of a system found.
   *
   * @param met ways out of visited states, [species code - 1][bin of barriers], as parts of all
   * @param taken jumps made, in the same way
   * @param visits states by residence time of a vacancy, [bin], as parts of all
   * @param time time spent in them, as parts of all
   * @param shares for each of {@link #SHARES} the part of all jumps, mean over runs
   */
  public record Found(
      double[][] met, double[][] taken, double[] visits, double[] time, double[] shares) {
    /** Middle of a bin of barriers, eV. */
    public static double barrier(int bin) {
      return (bin + 0.5) * BARRIER_STEP;
    }

    /** Middle of a bin of residence times on a logarithmic scale, s. */
    public static double seconds(int bin) {
      return Math.pow(10, FIRST_TIME + (bin + 0.5) * TIME_STEP);
    }

    /** Mean barrier of a distribution over bins, eV; NaN where there is none. */
    public static double mean(double[] parts) {
      double sum = 0;
      double barriers = 0;
      for (int bin = 0; bin < parts.length; bin++) {
        sum += parts[bin];
        barriers += parts[bin] * barrier(bin);
      }
      return barriers / sum;
    }

    /** The time below which half of a distribution over bins is, s; NaN where there is none. */
    public static double median(double[] parts) {
      double sum = 0;
      for (int bin = 0; bin < parts.length; bin++) {
        sum += parts[bin];
        if (sum >= 0.5) {
          double within = 0.5 - (sum - 0.5) / parts[bin];
          return seconds(bin) * Math.pow(10, within * TIME_STEP);
        }
      }
      return Double.NaN;
    }
  }

  /** Of the numbers that records gained in all runs ({@code shares}: of their last records). */
  static Found found(int species, double[] gained, double[] shares) {
    Bins bins = new Bins(species);
    double[][] met = new double[species][];
    double[][] taken = new double[species][];
    double ways = 0;
    double jumps = 0;
    for (int code = 1; code <= species; code++) {
      met[code - 1] = Arrays.copyOfRange(gained, bins.met(code), bins.met(code) + BARRIERS);
      taken[code - 1] = Arrays.copyOfRange(gained, bins.taken(code), bins.taken(code) + BARRIERS);
      ways += Arrays.stream(met[code - 1]).sum();
      jumps += Arrays.stream(taken[code - 1]).sum();
    }
    for (int s = 0; s < species; s++) {
      met[s] = parts(met[s], ways);
      taken[s] = parts(taken[s], jumps);
    }
    double[] visits = Arrays.copyOfRange(gained, bins.visits(), bins.visits() + TIMES);
    double[] time = Arrays.copyOfRange(gained, bins.time(), bins.time() + TIMES);
    return new Found(
        met,
        taken,
        parts(visits, Arrays.stream(visits).sum()),
        parts(time, Arrays.stream(time).sum()),
        shares);
  }

  private static double[] parts(double[] numbers, double all) {
    return Arrays.stream(numbers).map(number -> number / all).toArray();
  }

  JumpStatistics(int species, int sites) {
    bins = new Bins(species);
    sums = new double[bins.shares()];
    jumps = new double[sites];
    logAttempt = new double[species];
  }

  /** Before the first jump ({@code model}: what barriers belong to the rates). */
  public void begin(BarrierModel model, double kelvin) {
    thermal = BOLTZMANN_EV * kelvin;
    for (int code = 1; code <= logAttempt.length; code++) {
      logAttempt[code - 1] = Math.log(model.attemptFrequency(code));
    }
  }

  /** The lattice stayed as it is; see {@link ResidenceObserver}. */
  public void resided(double seconds, VacancyKernel kernel) {
    if (seconds == 0) {
      return;
    }
    told = seconds;
    for (int v = 0; v < kernel.vacancyCount(); v++) {
      total = 0;
      kernel.possibleHops(v, adder);
      if (total > 0) {
        kernel.possibleHops(v, meter);
        jumps[Math.toIntExact(kernel.vacancySite(v))] += total * seconds;
        double bin = (-Math.log10(total) - FIRST_TIME) / TIME_STEP;
        int at = (int) Math.max(0, Math.min(TIMES - 1, bin));
        sums[bins.visits() + at] += total * seconds;
        sums[bins.time() + at] += seconds;
      }
    }
  }

  private void add(double rate, JumpEvent hop) {
    total += rate;
  }

  private void met(double rate, JumpEvent hop) {
    double barrier = thermal * (logAttempt[hop.species() - 1] - Math.log(rate));
    int bin = (int) Math.max(0, Math.min(BARRIERS - 1, barrier / BARRIER_STEP));
    sums[bins.met(hop.species()) + bin] += total * told;
    sums[bins.taken(hop.species()) + bin] += rate * told;
  }

  void record(double[] columns, int from) {
    System.arraycopy(sums, 0, columns, from, sums.length);
    double[] sorted = jumps.clone();
    Arrays.sort(sorted);
    double all = Arrays.stream(sorted).sum();
    for (int k = 0; k < SHARES.size() && all > 0; k++) {
      int most = (int) Math.max(1, Math.rint(SHARES.get(k) * sorted.length));
      double sum = 0;
      for (int site = sorted.length - most; site < sorted.length; site++) {
        sum += sorted[site];
      }
      columns[from + bins.shares() + k] = sum / all;
    }
  }

  /** All that decides how it goes on. */
  List<double[]> arrays() {
    return List.of(sums, jumps);
  }
}
