package org.latticelift.sim.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;

/**
 * What another program has made of a system, in place of dynamics: training samples and, for
 * comparison, runs of the large system.
 *
 * @param increments training samples
 * @param direct runs of the large system, if there are some
 */
public record Imported(Increments increments, Optional<LargeRuns> direct) {
  /**
   * Training samples of all conditions. Arrays are row-major and not copied.
   *
   * @param file where they were read
   * @param z0 observables of the large state before, [n,m]
   * @param z1 those plus the change of the patch, or the mean change of all of {@code patches},
   *     [n,m]
   * @param dt duration of each, in the unit of the system, [n]
   * @param condition position among the conditions of the system, [n]
   * @param patches M, of each state that evolved
   * @param group samples of different groups are independent, [n]; empty where there are none
   * @param drift integrated drift of the change, [n,m]; empty where it is not known
   */
  public record Increments(
      Path file,
      double[] z0,
      double[] z1,
      double[] dt,
      int[] condition,
      int patches,
      Optional<int[]> group,
      Optional<double[]> drift) {
    /** Their number n. */
    public int count() {
      return dt.length;
    }
  }

  /**
   * Runs of the large system.
   *
   * @param file where they were read
   * @param runs of each condition that has some, which share their times
   */
  public record LargeRuns(Path file, Map<Condition, List<Run>> runs) {
    /** Of a condition; may be none. */
    public List<Run> at(Condition condition) {
      return runs.getOrDefault(condition, List.of());
    }
  }

  /**
   * One run.
   *
   * @param time of every record, in the unit of the system
   * @param observables record after record
   */
  public record Run(double[] time, double[] observables) {}

  /** What only dynamics can make ({@code what}: in words; {@code system}: its name). */
  public static LatticeLiftException noDynamics(String what, String system) {
    return LatticeLiftException.badData(
        what + " of system " + system + ", which is simulated elsewhere",
        "system",
        "run, lift, train, ensemble, direct, evaluate, report, predict, map",
        "Use one of these, or add the system itself (docs/how-to/add-a-system.md)");
  }
}
