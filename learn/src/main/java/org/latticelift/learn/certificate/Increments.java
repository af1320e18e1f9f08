package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;

/**
 * Increments at one condition in the scaled variables and time of a model.
 *
 * @param variables d
 * @param state before, [n,d]
 * @param increment [n,d]
 * @param duration [n]
 */
record Increments(int variables, double[] state, double[] increment, double[] duration) {
  int count() {
    return duration.length;
  }

  /** Those of the pairs of a file. */
  static Increments pairs(Path path, SdeModel model, Condition condition) {
    try (PairsFile file = PairsFile.open(path)) {
      return of(
          model,
          condition,
          file.conditions(),
          file.ints(PairColumn.CONDITION),
          file.doubles(PairColumn.Z0),
          file.doubles(PairColumn.Z1),
          file.doubles(PairColumn.DT));
    }
  }

  /** Those of the joint evolutions of a file; may be none. */
  static Increments joint(Path path, SdeModel model, Condition condition) {
    try (PairsFile file = PairsFile.open(path)) {
      JointPairs joint = file.joint();
      return of(
          model,
          condition,
          file.conditions(),
          joint.condition(),
          joint.z0(),
          joint.z1(),
          joint.dt());
    }
  }

  private static Increments of(
      SdeModel model,
      Condition condition,
      List<Condition> conditions,
      int[] of,
      double[] z0,
      double[] z1,
      double[] dt) {
    SdeScaling scaling = model.scaling();
    double unit = scaling.timeUnit(condition.value(), false);
    int[] independent = model.map().independent();
    int d = independent.length;
    int m = dt.length == 0 ? 0 : z0.length / dt.length;
    List<Integer> rows = new ArrayList<>();
    for (int k = 0; k < dt.length; k++) {
      if (conditions.get(of[k]).equals(condition)) {
        rows.add(k);
      }
    }
    Increments found =
        new Increments(
            d, new double[rows.size() * d], new double[rows.size() * d], new double[rows.size()]);
    for (int at = 0; at < rows.size(); at++) {
      int k = rows.get(at);
      found.duration[at] = dt[k] / unit;
      for (int i = 0; i < d; i++) {
        int column = k * m + independent[i];
        found.state[at * d + i] = scaling.toScaled(i, z0[column]);
        found.increment[at * d + i] = (z1[column] - z0[column]) / scaling.deviation()[i];
      }
    }
    return found;
  }
}
