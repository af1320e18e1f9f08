package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;

/**
 * What an increment over the duration h of a pair says of the drift mu and the covariance Sigma.
 *
 * <p>One step of Euler, as in the paper, takes the state to stay where it is meanwhile. But with
 * the drift's Jacobian J the mean increment is (e^(Jh) - 1) J^-1 mu: for a linear relaxation and h
 * a quarter of it the rate comes out 0.885 of the truth. Multiplied with e^(-Jh/2), increments have
 * the mean h mu (1 + (Jh)^2/24 + ...) and the covariance h Sigma (1 + (Jh)^2/6 + ...): of a quarter
 * of a relaxation 0.3 % and 1 % are left (EX-55).
 *
 * <p>For longer pairs and curved drifts the mean comes from {@link Flow}, which fits a drift whose
 * solution over a pair is right; the covariance is that of what pairs differ by from it, multiplied
 * with e^(-Jh/2) = (1 + Dq)^(-1/2), with q(z) the mean increment from z: here 1 - Dq/2 + 3 Dq^2/8,
 * which is bounded where a pair keeps nothing of a fast variable.
 */
public enum Transition {
  /** A pair is one step of Euler (ME-20). */
  EULER,
  /** Increments are turned back to the middle of the pair. */
  MIDPOINT;

  /** How files and configurations call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #key}; an error (65) names the words. */
  static Transition of(String key, String where) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "unknown transition '" + key + "'",
                    where,
                    "one of " + Arrays.stream(values()).map(Transition::key).toList(),
                    "Use a newer version of the program"));
  }

  /**
   * The states before and after the pairs of a file, as a model that was trained on them takes
   * them.
   *
   * @param pairs with increments of the whole state
   * @param after which states after
   * @param variables observables that are trained; others are left as they are
   * @param asked the conditions of which pairs are turned; others are left as they are
   * @return of all observables, [n,m]
   */
  public TurnedPairs turned(
      PairsFile pairs, PairColumn after, int[] variables, IntPredicate asked) {
    TurnedPairs stored = new TurnedPairs(pairs.doubles(PairColumn.Z0), pairs.doubles(after));
    return this == EULER || stored.after().length == 0
        ? stored
        : new Turning(pairs, variables)
            .turned(stored, pairs.doubles(PairColumn.DT), pairs.ints(PairColumn.CONDITION), asked);
  }

  /** Does the same for the joint evolutions of a file, which may have none. */
  public TurnedPairs turnedJoint(PairsFile pairs, int[] variables, IntPredicate asked) {
    JointPairs joint = pairs.joint();
    TurnedPairs stored = new TurnedPairs(joint.z0(), joint.z1());
    return this == EULER || joint.count() == 0
        ? stored
        : new Turning(pairs, variables).turned(stored, joint.dt(), joint.condition(), asked);
  }

  /** The flow of the trained variables of a file, among all observables. */
  private static final class Turning {
    private final int[] variables;
    private final int m;
    private final Flow flow;

    Turning(PairsFile pairs, int[] variables) {
      this.variables = variables;
      this.m = pairs.observables().size();
      boolean means = pairs.has(PairColumn.MEAN_Z1);
      PairColumn compensator = means ? PairColumn.MEAN_COMPENSATOR : PairColumn.COMPENSATOR;
      double[] z0 = pairs.doubles(PairColumn.Z0);
      double[] expected = pairs.doubles(means ? PairColumn.MEAN_Z1 : PairColumn.Z1);
      for (int i = 0; i < expected.length; i++) {
        expected[i] -= z0[i];
      }
      if (pairs.has(compensator)) {
        double[] known = pairs.doubles(compensator);
        int n = expected.length / m;
        int width = known.length / n;
        for (int k = 0; k < n; k++) {
          System.arraycopy(known, k * width, expected, k * m, width);
        }
      }
      flow =
          new Flow(
              variables.length,
              trained(z0),
              trained(expected),
              pairs.doubles(PairColumn.DT),
              pairs.runs(),
              pairs.ints(PairColumn.CONDITION));
    }

    private double[] trained(double[] all) {
      return trained(all, IntStream.range(0, all.length / m).toArray());
    }

    private double[] trained(double[] all, int[] rows) {
      int d = variables.length;
      double[] part = new double[rows.length * d];
      Arrays.setAll(part, at -> all[rows[at / d] * m + variables[at % d]]);
      return part;
    }

    TurnedPairs turned(TurnedPairs stored, double[] dt, int[] condition, IntPredicate asked) {
      int[] rows =
          IntStream.range(0, condition.length).filter(k -> asked.test(condition[k])).toArray();
      TurnedPairs part =
          flow.turned(
              trained(stored.before(), rows),
              trained(stored.after(), rows),
              Arrays.stream(rows).mapToDouble(k -> dt[k]).toArray(),
              Arrays.stream(rows).map(k -> condition[k]).toArray());
      return new TurnedPairs(
          with(part.before(), rows, stored.before()), with(part.after(), rows, stored.after()));
    }

    private double[] with(double[] part, int[] rows, double[] all) {
      double[] turned = all.clone();
      int d = variables.length;
      for (int at = 0; at < part.length; at++) {
        turned[rows[at / d] * m + variables[at % d]] = part[at];
      }
      return turned;
    }
  }
}
