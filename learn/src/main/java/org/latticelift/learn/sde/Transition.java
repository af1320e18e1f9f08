package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.Locale;
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
 * <p>Pairs say what J is by the flow over their duration: 1 + Dq = e^(Jh) with q(z) the mean
 * increment from z, so that e^(-Jh/2) = (1 + Dq)^(-1/2), here 1 - Dq/2 + 3 Dq^2/8: of a quarter of
 * a relaxation 0.3 % less, and bounded where a pair keeps nothing of a fast variable, which it then
 * does not resolve. q is a polynomial fitted to the pairs of a condition; its error counts by half,
 * and only in what is corrected.
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
   * The states after the pairs of a file, as a model that was trained on them takes them.
   *
   * @param pairs with increments of the whole state
   * @param after which states after
   * @param variables observables that are trained; others are left as they are
   * @return states after of all observables, [n,m]
   */
  public double[] after(PairsFile pairs, PairColumn after, int[] variables) {
    double[] z1 = pairs.doubles(after);
    return this == EULER || z1.length == 0
        ? z1
        : new Turning(pairs, variables)
            .turned(
                pairs.doubles(PairColumn.Z0),
                z1,
                pairs.doubles(PairColumn.DT),
                pairs.ints(PairColumn.CONDITION));
  }

  /**
   * The same of joint evolutions ({@code pairs}: with joint evolutions, perhaps none); states after
   * of all observables, [n,m].
   */
  public double[] afterJoint(PairsFile pairs, int[] variables) {
    JointPairs joint = pairs.joint();
    return this == EULER || joint.count() == 0
        ? joint.z1()
        : new Turning(pairs, variables)
            .turned(joint.z0(), joint.z1(), joint.dt(), joint.condition());
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
              pairs.ints(PairColumn.CONDITION));
    }

    private double[] trained(double[] all) {
      int d = variables.length;
      double[] part = new double[all.length / m * d];
      Arrays.setAll(part, at -> all[at / d * m + variables[at % d]]);
      return part;
    }

    double[] turned(double[] before, double[] after, double[] dt, int[] condition) {
      double[] part = flow.turned(trained(before), trained(after), dt, condition);
      double[] turned = after.clone();
      int d = variables.length;
      for (int at = 0; at < part.length; at++) {
        turned[at / d * m + variables[at % d]] = part[at];
      }
      return turned;
    }
  }
}
