package org.latticelift.learn.diagram;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.learn.diagram.OrderMap.Cooling;
import org.latticelift.learn.diagram.OrderMap.Passage;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
import org.latticelift.learn.sde.SdeScaling.Quantities;

/**
 * A time-temperature-order map.
 *
 * @param quantities names and units of conditions and times
 * @param observables names of m observables
 * @param shown the observable of tables and figures
 * @param condition values, ascending
 * @param ratio real seconds per simulated one at each of them; empty where nothing is said about a
 *     crystal
 * @param passages of each condition and observable
 * @param coolings from fast to slow
 * @param kept share that the critical cooling keeps
 * @param relaxations how long predictions at fixed conditions are at most, time units of the model
 * @param about what the map is of: model, composition, vacancies, where they are known
 */
record OrderMap(
    Quantities quantities,
    List<String> observables,
    int shown,
    double[] condition,
    double[] ratio,
    List<List<Passage>> passages,
    List<Cooling> coolings,
    double kept,
    double relaxations,
    Map<String, String> about) {

  /** How long is said where an observable is not equilibrated. */
  String notEquilibrated() {
    String units = relaxations == Math.rint(relaxations) ? "%.0f" : "%s";
    return "not equilibrated after " + String.format(Locale.ROOT, units, relaxations);
  }

  /** Half of the 95 % interval of a real time, which vacancies add nothing to. */
  double realHalfWidth(int condition, int component, int share) {
    return passages.get(condition).get(component).halfWidth()[share] * ratio[condition];
  }

  /** Whether what coolings are compared with is stationary. */
  boolean endsEquilibrated(int component) {
    return passages.get(0).get(component).equilibrated()
        && passages.get(passages.size() - 1).get(component).equilibrated();
  }

  boolean real() {
    return ratio.length > 0;
  }

  double cold(int component) {
    return passages.get(0).get(component).late();
  }

  double hot(int component) {
    return passages.get(passages.size() - 1).get(component).late();
  }

  double[] kept(int component) {
    return coolings.stream()
        .mapToDouble(cooling -> cooling.kept(component, hot(component), cold(component)))
        .toArray();
  }

  /**
   * The observable that changes most between the ends of the range, or from its start where there
   * is one condition.
   */
  static int largest(List<List<Passage>> passages, List<String> observables) {
    List<Passage> cold = passages.get(0);
    List<Passage> hot = passages.get(passages.size() - 1);
    boolean single = passages.size() == 1;
    return IntStream.range(0, MainObservables.count(observables))
        .boxed()
        .max(
            java.util.Comparator.comparingDouble(
                c ->
                    Math.abs(
                        cold.get(c).late() - (single ? cold.get(c).start() : hot.get(c).late()))))
        .orElseThrow();
  }

  /**
   * The cooling rate that keeps the share asked for, interpolated in the logarithm of the rate; NaN
   * where all rates keep more, or less.
   */
  double critical(int component) {
    double[] left = kept(component);
    for (int i = 1; i < left.length; i++) {
      if (left[i - 1] >= kept && left[i] < kept) {
        double part = (left[i - 1] - kept) / (left[i - 1] - left[i]);
        double fast = Math.log(coolings.get(i - 1).rate());
        double slow = Math.log(coolings.get(i).rate());
        return Math.exp(fast + part * (slow - fast));
      }
    }
    return Double.NaN;
  }

  String rateUnit() {
    String unit = quantities.parameterUnit();
    return quantities.timeUnit().equals("1") ? unit : unit + "/" + quantities.timeUnit();
  }

  /**
   * What stands behind a cooling rate in a sentence: its unit after a space, or nothing for plain
   * numbers.
   */
  String rateSuffix() {
    return rateUnit().equals("1") ? "" : " " + rateUnit();
  }

  /**
   * An even cooling from the highest to the lowest condition.
   *
   * @param rate change of the condition per unit of time, of the clock of the map
   * @param end mean of the observables at its end, [m]
   * @param halfWidth of their 95 % intervals; NaN where there is none, [m]
   */
  record Cooling(double rate, double[] end, double[] halfWidth) {
    /**
     * Share of the difference between hot and cold order that is left: 1 in the fastest cooling.
     */
    double kept(int component, double hot, double cold) {
      return (end[component] - cold) / (hot - cold);
    }
  }

  /**
   * How an observable goes to its stationary value at one condition.
   *
   * @param start first value of the ensemble mean
   * @param late mean over the last third of the time: the stationary value, where that is reached
   * @param lateHalfWidth of its 95 % interval; NaN where there is none
   * @param time after which 10, 50 and 90 % of the way are made; NaN where the way is not clear of
   *     its noise, or the mean has not settled
   * @param halfWidth of the 95 % intervals of these times; NaN where there is none
   * @param equilibrated whether the mean stays where it is, so that late is the stationary value
   */
  record Passage(
      double start,
      double late,
      double lateHalfWidth,
      double[] time,
      double[] halfWidth,
      boolean equilibrated) {
    /** Shares of the way. */
    static final double[] SHARES = {0.1, 0.5, 0.9};

    static final int BYTES = Double.BYTES * (3 + 2 * SHARES.length) + 1;

    void encode(ByteBuffer out) {
      out.putDouble(start).putDouble(late).putDouble(lateHalfWidth);
      for (int i = 0; i < SHARES.length; i++) {
        out.putDouble(time[i]).putDouble(halfWidth[i]);
      }
      out.put((byte) (equilibrated ? 1 : 0));
    }

    static Passage decode(ByteBuffer in) {
      double[] head = {in.getDouble(), in.getDouble(), in.getDouble()};
      double[] time = new double[SHARES.length];
      double[] halfWidth = new double[SHARES.length];
      for (int i = 0; i < SHARES.length; i++) {
        time[i] = in.getDouble();
        halfWidth[i] = in.getDouble();
      }
      return new Passage(head[0], head[1], head[2], time, halfWidth, in.get() == 1);
    }
  }
}
