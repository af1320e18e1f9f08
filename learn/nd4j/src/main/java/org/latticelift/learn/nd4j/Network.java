package org.latticelift.learn.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A fully connected network with rectified hidden layers (ME-44, ME-46). {@code layers}: from the
 * first to the output.
 */
record Network(List<Layer> layers) {
  static Network of(KernelParameters p, String prefix, int hidden) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.first(p, prefix));
    for (int l = 1; l <= hidden; l++) {
      layers.add(Layer.named(p, prefix + (l < hidden ? "/hidden" + l : "/output")));
    }
    return new Network(List.copyOf(layers));
  }

  /** Columns to columns. */
  INDArray apply(INDArray z) {
    INDArray x = layers.get(0).apply(z);
    for (Layer layer : layers.subList(1, layers.size())) {
      x = layer.apply(Transforms.relu(x, false));
    }
    return x;
  }
}
