package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latticelift.sim.statistics.BlockedMean.Criterion;

/**
 * Whether an observable of some runs is relaxed.
 *
 * @param known false if it was not checked
 * @param failed criteria that are not fulfilled, in the order of the enum
 */
public record Relaxation(boolean known, List<Criterion> failed) {
  /** Not checked. */
  public static final Relaxation UNKNOWN = new Relaxation(false, List.of());

  /**
   * The result of a check.
   *
   * @param failed criteria that are not fulfilled
   */
  static Relaxation of(List<Criterion> failed) {
    return new Relaxation(true, failed);
  }

  /** Sum of 1, 2, 4, 8 for the criteria that fail; NaN if not checked. */
  double code() {
    return known ? failed.stream().mapToInt(c -> 1 << c.ordinal()).sum() : Double.NaN;
  }

  /** The inverse of {@link #code}. */
  static Relaxation ofCode(double code) {
    if (Double.isNaN(code)) {
      return UNKNOWN;
    }
    int bits = (int) code;
    return of(
        Arrays.stream(Criterion.values()).filter(c -> (bits >> c.ordinal() & 1) == 1).toList());
  }

  /**
   * What fails, in words.
   *
   * @param observables results by the name of the observable, in order
   * @return such as {@code the transient does not end in the first third of the records (NbNb)};
   *     empty if nothing fails
   */
  static String failures(Map<String, Relaxation> observables) {
    List<String> parts = new ArrayList<>();
    for (Criterion criterion : Criterion.values()) {
      String names =
          observables.keySet().stream()
              .filter(name -> observables.get(name).failed().contains(criterion))
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        parts.add(criterion.failure() + " (" + names + ")");
      }
    }
    return String.join("; ", parts);
  }
}
