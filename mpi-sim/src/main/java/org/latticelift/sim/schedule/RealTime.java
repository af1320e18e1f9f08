package org.latticelift.sim.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.latticelift.io.error.LatticeLiftException;

/**
 * From simulated to real time of an alloy whose atoms move by vacancies alone (EX-52). A simulation
 * holds more vacancies than a crystal has, c_sim against c_v per site; while they are dilute,
 * everything goes slower by the ratio, so t_real is the integral of c_sim / c_v over the simulated
 * time. Where c_v follows the temperature, the integral along slopes is taken by Simpson's rule
 * over parts of at most one kelvin. Where it follows the rate law of sinks (EX-68), that is solved
 * over parts of at most a quarter of a kelvin, in each of which c_eq goes straight and the rate is
 * that of the middle.
 */
public final class RealTime {
  /** More than that meet each other all the time, and time does not go as one over their number. */
  private static final double DILUTE = 0.01;

  private static final double KELVIN = 1;
  private static final double KELVIN_OF_SINKS = 0.25;

  /** Of times to the next change of a hold, while vacancies find their sinks. */
  private static final double GROWTH = 1.05;

  /** Of the time that vacancies take to find a sink, the first part of a hold. */
  private static final double FIRST = 0.01;

  private final Vacancies vacancies;
  private final double simulated;

  /** Converts times ({@code simulated}: concentration of the simulation, per site). */
  public RealTime(Vacancies vacancies, double simulated) {
    this.vacancies = vacancies;
    this.simulated = simulated;
  }

  /**
   * The concentration of vacancies in the crystal where it follows the temperature; of sinks, in
   * equilibrium, per site.
   */
  public double concentration(double kelvin) {
    return vacancies.equilibrium(Math.max(kelvin, vacancies.freezeK().orElse(0.0)));
  }

  /** How much slower the crystal is than its simulation; real seconds per simulated one. */
  public double ratio(double kelvin) {
    return simulated / concentration(kelvin);
  }

  /** What is assumed. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "The crystal is taken to have exp(-G/kT) vacancies per site with %s (section vacancies), the"
            + " simulation has %.3g. Real times are as sure as that: %.3g eV more or less is a factor"
            + " of %.3g at 1000 K and %.3g at 1500 K.",
        vacancies.text(),
        simulated,
        vacancies.uncertaintyEv(),
        factor(1000),
        factor(1500));
  }

  /** By which times are off where the free energy is by its uncertainty. */
  private double factor(double kelvin) {
    return StrictMath.exp(vacancies.uncertaintyEv() / (Vacancies.BOLTZMANN * kelvin));
  }

  /** What is assumed, in short; such as {@code E = 2.80 eV, s = 1.50 k_B, equilibrium}. */
  public String text() {
    return vacancies.text();
  }

  /**
   * Checks that vacancies are dilute, and their number is one that a computer can hold ({@code
   * lowest}: temperature that is met, K; {@code highest}: temperature that is met, K).
   */
  public void check(double lowest, double highest) {
    double most = Math.max(concentration(lowest), concentration(highest));
    double fewest = Math.min(concentration(lowest), concentration(highest));
    if (!(most <= DILUTE) || !(fewest >= Double.MIN_NORMAL)) {
      throw LatticeLiftException.badData(
          "a concentration of vacancies of " + (most <= DILUTE ? fewest : most),
          "vacancies",
          "at most " + DILUTE + " per site at all temperatures, and more than 0",
          "Correct formation_eV and entropy_kB, or the table");
    }
  }

  /**
   * Real times along a schedule of simulated ones ({@code times}: simulated, ascending, from 0 to
   * the length of the schedule); real times, as many.
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
   * simulated time before does not change by it is joined to the part before. Returns slopes in
   * straight parts of at most one kelvin.
   */
  public Schedule simulated(Schedule real) {
    Parts parts = new Parts();
    if (vacancies.neverFind() && real.highest() == real.start()) {
      return new RealTime(vacancies.frozen(real.start()), simulated).simulated(real);
    }
    if (vacancies.sinks().isPresent() && real.lowest() < real.highest()) {
      sinks(vacancies.sinks().get(), real, parts);
      return parts.schedule(real);
    }
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

  /** From equilibrium at the first temperature on. Without any sinks there are never fewer. */
  private void sinks(Vacancies.Sinks sinks, Schedule real, Parts parts) {
    double held = real.start();
    double c = vacancies.equilibrium(held);
    for (Segment segment : real.segments()) {
      for (double[] ends : partsOfSinks(sinks, segment)) {
        double from = segment.value(ends[0]);
        double to = segment.value(ends[1]);
        double rate = sinks.rate(from + (to - from) / 2);
        if (vacancies.neverFind()) {
          held = Math.max(held, Math.max(from, to));
          c = vacancies.equilibrium(held);
        }
        double[] next = relaxed(c, from, to, rate, ends[1] - ends[0]);
        c = next[0];
        parts.add(new Segment(ends[0], ends[1], from, to), next[1] / simulated);
      }
    }
  }

  /** Concentration after a time, and its integral: c' = -rate (c - c_eq), c_eq straight in time. */
  private double[] relaxed(double c, double from, double to, double rate, double time) {
    double start = vacancies.equilibrium(from);
    double slope = (vacancies.equilibrium(to) - start) / time;
    double gone = -StrictMath.expm1(-rate * time);
    if (rate * time < 1e-9) { // the formula below would divide by nothing
      return new double[] {c, c * time};
    }
    double behind = slope / rate; // c_eq - c, once the start is forgotten
    double off = c - start + behind;
    return new double[] {
      start + slope * time - behind + off * (1 - gone),
      start * time + slope * time * time / 2 - behind * time + off * gone / rate
    };
  }

  /** Beginnings and ends, real times. */
  private static List<double[]> partsOfSinks(Vacancies.Sinks sinks, Segment segment) {
    List<double[]> parts = new ArrayList<>();
    double length = segment.end() - segment.start();
    if (segment.constant()) {
      double done = 0;
      double next = FIRST / sinks.rate(segment.from());
      while (done < length) {
        double to = Math.min(length, next);
        parts.add(new double[] {segment.start() + done, segment.start() + to});
        done = to;
        next = Double.isInfinite(next) ? length : next * GROWTH;
      }
      return parts;
    }
    int count = (int) Math.ceil(Math.abs(segment.to() - segment.from()) / KELVIN_OF_SINKS);
    for (int k = 0; k < count; k++) {
      parts.add(
          new double[] {
            segment.start() + length * k / count,
            k + 1 == count ? segment.end() : segment.start() + length * (k + 1) / count
          });
    }
    return parts;
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
      add(real, integral(real, real.end(), kelvin -> 1 / ratio(kelvin)));
    }

    /**
     * @param time simulated, that it takes
     */
    void add(Segment real, double time) {
      left += time;
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
   * @param real times; empty where nothing is said about a crystal
   */
  public record Records(double[] time, double[] value, double[] real) {}

  /**
   * The simulated time of a schedule that was written in real time ({@code simulated}: what {@link
   * #simulated} made of it; {@code real}: time, from 0 to the end).
   */
  public double simulatedTime(Schedule simulated, double real) {
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
