package org.latticelift.sim.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
   * What is assumed.
   *
   * @return a sentence
   */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "The crystal is taken to have exp(s - E/kT) vacancies per site with E = %.3g eV and s = %.3g k_B"
            + " (section vacancies), the simulation has %.3g.",
        vacancies.formationEv(),
        vacancies.entropyKb(),
        simulated);
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
    double[] ends = ends(schedule);
    double[] real = new double[times.length];
    List<Segment> segments = schedule.segments();
    int s = 0;
    for (int i = 0; i < times.length; i++) {
      while (s + 1 < segments.size() && segments.get(s).end() <= times[i]) {
        s++;
      }
      Segment segment = segments.get(s);
      double before = s == 0 ? 0 : ends[s - 1];
      real[i] = before + (ends[s] - before) * share(segment, times[i], this::ratio);
    }
    return real;
  }

  /** Real times at the ends of the segments: as they were written, or integrals. */
  private double[] ends(Schedule schedule) {
    double[] ends = schedule.realEnds();
    if (ends.length == 0) {
      ends = new double[schedule.segments().size()];
      double done = 0;
      for (int s = 0; s < ends.length; s++) {
        Segment whole = schedule.segments().get(s);
        done += integral(whole, whole.end(), this::ratio);
        ends[s] = done;
      }
    }
    return ends;
  }

  /** Of the integral over a segment, that to a time in it. */
  private static double share(Segment segment, double to, DoubleUnaryOperator of) {
    if (to <= segment.start()) {
      return 0;
    }
    if (to >= segment.end()) {
      return 1;
    }
    return integral(segment, to, of) / integral(segment, segment.end(), of);
  }

  /**
   * The schedule of simulated times that a schedule of real ones is. A part so short that the
   * simulated time before does not change by it is joined to the part before.
   *
   * @param real temperature against real time
   * @return slopes in straight parts of at most one kelvin
   */
  public Schedule simulated(Schedule real) {
    Parts parts = new Parts();
    for (Segment segment : real.segments()) {
      int count = parts(segment);
      for (int k = 0; k < count; k++) {
        double length = segment.end() - segment.start();
        parts.add(
            new Segment(
                segment.start() + length * k / count,
                k + 1 == count ? segment.end() : segment.start() + length * (k + 1) / count,
                between(segment, k, count),
                between(segment, k + 1, count)));
      }
    }
    return parts.schedule(real);
  }

  /** Parts of a schedule in simulated time, with the real times of their ends. */
  private final class Parts {
    private final List<Segment> simulated = new ArrayList<>();
    private final List<Double> realEnds = new ArrayList<>();
    private double end;

    /** Simulated time of parts that {@link #end} is too late to be changed by. */
    private double left;

    /** Where the parts begin that none could be joined to. */
    private double from = Double.NaN;

    void add(Segment real) {
      left += integral(real, real.end(), kelvin -> 1 / ratio(kelvin));
      double next = end + left;
      if (Double.isInfinite(next)) {
        throw stands(real);
      }
      from = Double.isNaN(from) ? real.from() : from;
      if (next > end) {
        put(new Segment(end, next, from, real.to()), real.end());
        left -= next - end;
        end = next;
        from = Double.NaN;
      } else if (!simulated.isEmpty()) {
        join(real);
        from = Double.NaN;
      }
    }

    private void put(Segment segment, double realEnd) {
      simulated.add(segment);
      realEnds.add(realEnd);
    }

    /** Gives the end of the part before, as short as can be, to a part that takes no time. */
    private void join(Segment real) {
      int last = simulated.size() - 1;
      Segment before = simulated.remove(last);
      double realEnd = realEnds.remove(last);
      double cut = Math.nextDown(end);
      if (cut > before.start()) {
        put(new Segment(before.start(), cut, before.from(), before.to()), realEnd);
        put(new Segment(cut, end, real.from(), real.to()), real.end());
      } else {
        put(new Segment(before.start(), end, before.from(), real.to()), real.end());
      }
    }

    Schedule schedule(Schedule real) {
      if (simulated.isEmpty()) {
        throw stands(real.segments().get(0));
      }
      return new Schedule(
          simulated, realEnds.stream().mapToDouble(Double::doubleValue).toArray(), real);
    }

    private LatticeLiftException stands(Segment segment) {
      return LatticeLiftException.badData(
          "a schedule in real time during which the simulation stands still",
          "schedule, " + segment.start() + " to " + segment.end() + " s",
          "times that the simulation can resolve",
          "Lengthen it, or write the schedule in simulated time");
    }
  }

  /**
   * Where a prediction is recorded.
   *
   * @param time simulated, ascending; some may be equal
   * @param value of the condition at these times
   * @param real times
   */
  public record Records(double[] time, double[] value, double[] real) {}

  /**
   * Records of a schedule in real time: equally spaced in temperature where it falls, in real time
   * elsewhere; of both kinds, half of the records each.
   *
   * @param written in real time
   * @param simulated what {@link #simulated} made of it
   * @param count of records, at least 2, the first at time 0, the last at the end
   * @return as many
   */
  public Records records(Schedule written, Schedule simulated, int count) {
    double[] upTo = weights(written);
    double[] time = new double[count];
    double[] value = new double[count];
    double[] real = new double[count];
    int s = 0;
    for (int r = 0; r < count; r++) {
      double at = (double) r / (count - 1);
      while (s + 1 < upTo.length && upTo[s] <= at) {
        s++;
      }
      Segment segment = written.segments().get(s);
      double before = s == 0 ? 0 : upTo[s - 1];
      double share = upTo[s] > before ? Math.min(1, (at - before) / (upTo[s] - before)) : 1;
      real[r] =
          r + 1 == count
              ? segment.end()
              : segment.start() + (segment.end() - segment.start()) * share;
      time[r] = simulatedTime(simulated, real[r]);
      value[r] = segment.value(real[r]);
    }
    return new Records(time, value, real);
  }

  /** Shares of the records up to the end of each segment. */
  private static double[] weights(Schedule written) {
    double fall = 0;
    double rest = 0;
    for (Segment segment : written.segments()) {
      fall += Math.max(0, segment.from() - segment.to());
      rest += segment.to() < segment.from() ? 0 : segment.end() - segment.start();
    }
    double both = fall > 0 && rest > 0 ? 0.5 : 1;
    double[] upTo = new double[written.segments().size()];
    double sum = 0;
    for (int s = 0; s < upTo.length; s++) {
      Segment segment = written.segments().get(s);
      sum +=
          segment.to() < segment.from()
              ? both * (segment.from() - segment.to()) / fall
              : both * (segment.end() - segment.start()) / rest;
      upTo[s] = s + 1 == upTo.length ? 1 : sum;
    }
    return upTo;
  }

  private double simulatedTime(Schedule simulated, double real) {
    double[] ends = ends(simulated);
    int found = Arrays.binarySearch(ends, real);
    int s = Math.min(ends.length - 1, found < 0 ? -found - 1 : found);
    Segment segment = simulated.segments().get(s);
    double before = s == 0 ? 0 : ends[s - 1];
    Segment written = new Segment(before, ends[s], segment.from(), segment.to());
    double share = share(written, real, kelvin -> 1 / ratio(kelvin));
    return segment.start() + (segment.end() - segment.start()) * share;
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
