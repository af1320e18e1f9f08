package org.latticelift.sim.vacancy.barrier;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/** Refuses weights whose shapes do not fit together or that are not numbers. */
final class WeightChecks {
  private WeightChecks() {}

  static void check(String source, List<HiddenLayer> hidden, float[] outputWeight, float bias) {
    if (hidden.isEmpty()) {
      throw bad("a network without hidden layers", source, "at least one hidden layer");
    }
    for (int i = 0; i < hidden.size(); i++) {
      layer(source, i, hidden);
    }
    int last = hidden.get(hidden.size() - 1).width();
    length(source, "output/W", outputWeight, last);
    finite(source, "output/W", outputWeight);
    finite(source, "output/b", new float[] {bias});
  }

  static void positive(String source, double[] frequency) {
    for (double f : frequency) {
      if (!(f > 0 && f < Double.POSITIVE_INFINITY)) {
        throw bad(
            "attempt frequency " + f, source + ", attempt_frequency_per_s", "a positive number");
      }
    }
  }

  private static void layer(String source, int i, List<HiddenLayer> hidden) {
    HiddenLayer layer = hidden.get(i);
    String name = "layer" + i;
    if (i > 0 && layer.inputs() != hidden.get(i - 1).width()) {
      throw bad(
          layer.inputs() + " inputs",
          source + ", " + name + "/W",
          hidden.get(i - 1).width() + " inputs, the width of the layer before");
    }
    vector(source, name + "/W", layer.weight(), layer.inputs() * layer.width());
    vector(source, name + "/b", layer.bias(), layer.width());
    layer.norm().ifPresent(norm -> normalisation(source, name, norm, layer.width()));
  }

  private static void normalisation(String source, String name, BatchNorm norm, int width) {
    vector(source, name + "/gamma", norm.gamma(), width);
    vector(source, name + "/beta", norm.beta(), width);
    vector(source, name + "/mean", norm.mean(), width);
    vector(source, name + "/var", norm.variance(), width);
    for (float v : norm.variance()) {
      if (v < 0) {
        throw bad("variance " + v, source + ", " + name + "/var", "no negative variance");
      }
    }
  }

  private static void vector(String source, String name, float[] values, int length) {
    length(source, name, values, length);
    finite(source, name, values);
  }

  private static void length(String source, String name, float[] values, int length) {
    if (values.length != length) {
      throw bad(values.length + " entries", source + ", " + name, length + " entries");
    }
  }

  private static void finite(String source, String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw bad("entry " + i + " is " + values[i], source + ", " + name, "finite numbers");
      }
    }
  }

  private static LatticeLiftException bad(String what, String where, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Import or train the weights again");
  }
}
