package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeKernel;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;

/** Calibration of a model on the pairs that it was trained on, condition by condition. */
public final class PairCalibration {
  private static final int BLOCK = 128;

  private final PairsFile pairs;
  private final SdeModel model;
  private final int[] condition;
  private final int observables;

  private PairCalibration(PairsFile pairs, SdeModel model) {
    this.pairs = pairs;
    this.model = model;
    this.observables = model.map().observables().size();
    this.condition = pairs.ints(PairColumn.CONDITION);
  }

  /**
   * Averages over the models of an ensemble.
   *
   * @param pairs of the same observables
   * @param model its model
   * @return by condition name; conditions outside the trained range are left out
   */
  public static Map<String, Calibration> of(PairsFile pairs, SdeModel model) {
    return new PairCalibration(pairs, model).all();
  }

  private Map<String, Calibration> all() {
    List<Condition> conditions = pairs.conditions();
    double[] z0 = pairs.doubles(PairColumn.Z0);
    double[] z1 =
        model.diagnostics().transition().after(pairs, PairColumn.Z1, model.map().independent());
    double[] dt = pairs.doubles(PairColumn.DT);
    double[] trained = model.scaling().condition();
    Map<String, Calibration> found = new TreeMap<>();
    for (int c = 0; c < conditions.size(); c++) {
      double value = conditions.get(c).value();
      if (value >= trained[0] && value <= trained[trained.length - 1]) {
        found.put(conditions.get(c).name(), at(c, value, z0, z1, dt));
      }
    }
    return found;
  }

  private Calibration at(int c, double value, double[] z0, double[] z1, double[] dt) {
    int[] rows = IntStream.range(0, condition.length).filter(i -> condition[i] == c).toArray();
    double unit = model.scaling().timeUnit(value, false);
    double[] scaledTime = Arrays.stream(rows).mapToDouble(row -> dt[row] / unit).toArray();
    if (Arrays.stream(scaledTime).anyMatch(t -> !(t > 0))) {
      throw LatticeLiftException.badData(
          "a duration is not positive",
          pairs.file() + " " + PairColumn.DT.path(),
          "times above 0",
          "Make the pairs again");
    }
    double[] start = scaled(rows, z0);
    double[] end = scaled(rows, z1);
    List<Calibration> each = new ArrayList<>();
    for (SdeParameters parameters : model.models()) {
      SdeKernel kernel = SdeKernel.batched(model.architecture(), parameters, value, BLOCK);
      each.add(Calibration.of(kernel, start, end, scaledTime, model.factors()));
    }
    return new Calibration(
        each.stream().mapToDouble(Calibration::ratio).average().orElseThrow(),
        each.stream().mapToDouble(Calibration::error).average().orElseThrow(),
        rows.length);
  }

  private double[] scaled(int[] rows, double[] z) {
    SdeScaling scaling = model.scaling();
    int[] independent = model.map().independent();
    double[] scaled = new double[rows.length * independent.length];
    for (int i = 0; i < scaled.length; i++) {
      int variable = i % independent.length;
      int row = rows[i / independent.length];
      scaled[i] = scaling.toScaled(variable, z[row * observables + independent[variable]]);
    }
    return scaled;
  }
}
