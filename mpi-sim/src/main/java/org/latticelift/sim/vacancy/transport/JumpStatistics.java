package org.latticelift.sim.vacancy.transport;

import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
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

  /** Jumps from each site. */
  private final double[] jumps;

  private final double[] logAttempt;
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

  /** Nothing was met yet. */
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

  /** The lattice stayed as it is; see {@link VacancyKernel.ResidenceObserver}. */
  public void resided(double seconds, VacancyKernel kernel) {
    if (seconds == 0) {
      return;
    }
    told = seconds;
    for (int v = 0; v < kernel.vacancyCount(); v++) {
      total = 0;
      kernel.possibleHops(v, (rate, hop) -> total += rate);
      if (total > 0) {
        kernel.possibleHops(v, this::met);
        jumps[Math.toIntExact(kernel.vacancySite(v))] += total * seconds;
        double bin = (-Math.log10(total) - FIRST_TIME) / TIME_STEP;
        int at = (int) Math.max(0, Math.min(TIMES - 1, bin));
        sums[bins.visits() + at] += total * seconds;
        sums[bins.time() + at] += seconds;
      }
    }
  }

  private void met(double rate, JumpEvent hop) {
    double barrier = thermal * (logAttempt[hop.species() - 1] - Math.log(rate));
    int bin = (int) Math.max(0, Math.min(BARRIERS - 1, barrier / BARRIER_STEP));
    sums[bins.met(hop.species()) + bin] += total * told;
    sums[bins.taken(hop.species()) + bin] += rate * told;
  }

  /** Writes the numbers of a record. */
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
