package org.latticelift.sim.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.latticelift.io.error.LatticeLiftException;

/**
 * From simulated to real time of an alloy whose atoms move by vacancies alone (EX-52). A simulation
 * holds more vacancies than a crystal has, c_sim against c_v(T) = exp(s_f - E_f/kT) per site; while
 * they are dilute, everything goes slower by the ratio, so t_real is the integral of c_sim / c_v(T)
 * over the simulated time. Along slopes the integral is taken by Simpson's rule over parts of at
 * most one kelvin.
 */
public final class RealTime {
  /** eV/K. */
  private static final double BOLTZMANN = 8.617333e-5;

  /** More than that meet each other all the time, and time does not go as one over their number. */
  private static final double DILUTE = 0.01;

  private static final double KELVIN = 1;

  private final Vacancies vacancies;
  private final double simulated;

  /**
   * Converts times.
   *
   * @param vacancies of the crystal
   * @param simulated concentration of the simulation, per site
   */
  public RealTime(Vacancies vacancies, double simulated) {
    this.vacancies = vacancies;
    this.simulated = simulated;
  }

  /**
   * The concentration of vacancies in the crystal.
   *
   * @param kelvin temperature
   * @return per site
   */
  public double concentration(double kelvin) {
    double held = Math.max(kelvin, vacancies.freezeK().orElse(0.0));
    return StrictMath.exp(vacancies.entropyKb() - vacancies.formationEv() / (BOLTZMANN * held));
  }

  /**
   * How much slower the crystal is than its simulation.
   *
   * @param kelvin temperature
   * @return real seconds per simulated one
   */
  public double ratio(double kelvin) {
    return simulated / concentration(kelvin);
  }

  /**
   * Checks that vacancies are dilute, and their number is one that a computer can hold.
   *
   * @param lowest temperature that is met, K
   * @param highest temperature that is met, K
   */
  public void check(double lowest, double highest) {
    double most = Math.max(concentration(lowest), concentration(highest));
    double fewest = Math.min(concentration(lowest), concentration(highest));
    if (!(most <= DILUTE) || !(fewest >= Double.MIN_NORMAL)) {
      throw LatticeLiftException.badData(
          "a concentration of vacancies of " + (most <= DILUTE ? fewest : most),
          "vacancies",
          "at most " + DILUTE + " per site at all temperatures, and more than 0",
          "Correct formation_eV and entropy_kB");
    }
  }

  /**
   * Real times along a schedule of simulated ones.
   *
   * @param schedule temperature against simulated time
   * @param times simulated, ascending, from 0 to the length of the schedule
   * @return real times, as many
   */
  public double[] times(Schedule schedule, double[] times) {
    double[] real = new double[times.length];
    List<Segment> segments = schedule.segments();
    double done = 0;
    int s = 0;
    for (int i = 0; i < times.length; i++) {
      while (s + 1 < segments.size() && segments.get(s).end() <= times[i]) {
        Segment whole = segments.get(s++);
        done += integral(whole, whole.end(), this::ratio);
      }
      real[i] = done + integral(segments.get(s), times[i], this::ratio);
    }
    return real;
  }

  /**
   * The schedule of simulated times that a schedule of real ones is.
   *
   * @param real temperature against real time
   * @return slopes in straight parts of at most one kelvin
   */
  public Schedule simulated(Schedule real) {
    List<Segment> parts = new ArrayList<>();
    double start = 0;
    for (Segment segment : real.segments()) {
      int count = parts(segment);
      for (int k = 0; k < count; k++) {
        double length = segment.end() - segment.start();
        Segment part =
            new Segment(
                segment.start() + length * k / count,
                segment.start() + length * (k + 1) / count,
                between(segment, k, count),
                between(segment, k + 1, count));
        double end = start + integral(part, part.end(), kelvin -> 1 / ratio(kelvin));
        if (!(end > start) || Double.isInfinite(end)) {
          throw LatticeLiftException.badData(
              "a part of a schedule in real time during which the simulation stands still",
              "schedule, " + segment.start() + " to " + segment.end() + " s",
              "times that the simulation can resolve beside those before",
              "Lengthen it, or write the schedule in simulated time");
        }
        parts.add(new Segment(start, end, part.from(), part.to()));
        start = end;
      }
    }
    return new Schedule(parts);
  }

  private static double between(Segment segment, int k, int count) {
    return k == count ? segment.to() : segment.from() + (segment.to() - segment.from()) * k / count;
  }

  private static int parts(Segment segment) {
    return (int) Math.max(1, Math.ceil(Math.abs(segment.to() - segment.from()) / KELVIN));
  }

  /**
   * Of a function of the temperature over time, from the beginning of a segment to a time in it.
   */
  private static double integral(Segment segment, double to, DoubleUnaryOperator of) {
    double length = to - segment.start();
    if (!(length > 0)) {
      return 0;
    }
    if (segment.constant()) {
      return length * of.applyAsDouble(segment.from());
    }
    double last = segment.value(to);
    int count = parts(new Segment(segment.start(), to, segment.from(), last));
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double left = segment.from() + (last - segment.from()) * k / count;
      double right = segment.from() + (last - segment.from()) * (k + 1) / count;
      sum +=
          of.applyAsDouble(left)
              + 4 * of.applyAsDouble(left + (right - left) / 2)
              + of.applyAsDouble(right);
    }
    return sum / 6 * (length / count);
  }
}
