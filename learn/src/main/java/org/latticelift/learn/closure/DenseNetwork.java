package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * Fully connected layers with ReLU between them (PP-30...PP-32).
 *
 * @param name path below {@code /weights}
 * @param widths inputs, hidden layers, outputs
 */
record DenseNetwork(String name, List<Integer> widths) implements Network {
  @Override
  public List<ParameterArray> parameters() {
    List<ParameterArray> all = new ArrayList<>();
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      int inputs = widths.get(layer);
      int outputs = widths.get(layer + 1);
      all.add(ParameterArray.glorot(weight(layer), outputs, inputs));
      all.add(ParameterArray.offset(bias(layer), outputs, inputs));
    }
    return all;
  }

  private String weight(int layer) {
    return name + "/layer" + layer + "/W";
  }

  private String bias(int layer) {
    return name + "/layer" + layer + "/b";
  }

  @Override
  public NDArray apply(NDArray input, BoundParameters arrays) {
    NDArray x = input;
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      if (layer > 0) {
        x = Activation.relu(x);
      }
      x = x.matMul(arrays.turned(weight(layer))).add(arrays.get(bias(layer)));
    }
    return x;
  }
}
