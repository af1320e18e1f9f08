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
record LayerStack(List<DenseLayer> layers) {
  static LayerStack of(KernelParameters p, String prefix, int hidden) {
    List<DenseLayer> layers = new ArrayList<>();
    layers.add(DenseLayer.first(p, prefix));
    for (int l = 1; l <= hidden; l++) {
      layers.add(DenseLayer.named(p, prefix + (l < hidden ? "/hidden" + l : "/output")));
    }
    return new LayerStack(List.copyOf(layers));
  }

  /** Columns to columns. */
  INDArray apply(INDArray z) {
    INDArray x = layers.get(0).apply(z);
    for (DenseLayer layer : layers.subList(1, layers.size())) {
      x = layer.apply(Transforms.relu(x, false));
    }
    return x;
  }
}
