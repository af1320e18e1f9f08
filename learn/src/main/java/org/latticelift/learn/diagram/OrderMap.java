package org.latticelift.learn.diagram;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
import org.latticelift.learn.sde.Quantities;

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
}
