package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.sde.SdeKernel;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;

/** Calibration of a model on the pairs of {@code pairs.h5}, condition by condition. */
final class PairCalibration {
  private static final int BLOCK = 128;

  private final Hdf5Reader pairs;
  private final SdeModel model;
  private final String[] names;
  private final int[] condition;
  private final int observables;

  private PairCalibration(Hdf5Reader pairs, SdeModel model) {
    this.pairs = pairs;
    this.model = model;
    this.observables = model.map().observables().size();
    this.names = pairs.text("/conditions/name").trim().split("\\s+");
    this.condition = pairs.ints("/condition");
    pairs.requireDims("/z0", condition.length, observables);
    pairs.requireDims("/z1", condition.length, observables);
    pairs.requireDims("/dt", condition.length);
    pairs.requireDims("/conditions/value", names.length);
  }

  /**
   * Averages over the models of an ensemble.
   *
   * @param pairs {@code pairs.h5}
   * @param model its model
   * @return by condition name; conditions outside the trained range are left out
   */
  static Map<String, Calibration> of(Hdf5Reader pairs, SdeModel model) {
    return new PairCalibration(pairs, model).all();
  }

  private Map<String, Calibration> all() {
    double[] values = pairs.doubles("/conditions/value");
    double[] z0 = pairs.doubles("/z0");
    double[] z1 = pairs.doubles("/z1");
    double[] dt = pairs.doubles("/dt");
    double[] trained = model.scaling().condition();
    Map<String, Calibration> found = new TreeMap<>();
    for (int c = 0; c < names.length; c++) {
      if (values[c] >= trained[0] && values[c] <= trained[trained.length - 1]) {
        found.put(names[c], at(c, values[c], z0, z1, dt));
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
          pairs.file() + " /dt",
          "seconds above 0",
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
