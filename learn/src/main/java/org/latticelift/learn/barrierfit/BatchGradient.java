package org.latticelift.learn.barrierfit;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.latticelift.learn.train.TrainingDevice;

/**
 * Forward and backward pass of a {@link OneHotNetwork} in the training engine. The input of the
 * first layer is the multi-hot matrix. The backward pass is written out, which needs no recording
 * and no gradient buffers inside the engine. The engine may use the memory of a direct buffer that
 * it is given instead of copying it, so all such buffers live as long as this object. Cost for
 * 64-64-64: 136 000 operations per row, 2 to 3 microseconds on one core.
 */
final class BatchGradient implements AutoCloseable {
  private static final int[] OVER_ROWS = {0};
  private static final int[] OVER_NEURONS = {1};

  private final OneHotNetwork network;
  private final NDManager manager;
  private final NDArray[] weights;
  private final NDArray[] biases;
  private final ByteBuffer[] weightValues;
  private final ByteBuffer[] biasValues;

  BatchGradient(OneHotNetwork network) {
    this.network = network;
    manager = TrainingDevice.engine().newBaseManager(Device.cpu());
    int layers = network.layers();
    weights = new NDArray[layers];
    biases = new NDArray[layers];
    weightValues = new ByteBuffer[layers];
    biasValues = new ByteBuffer[layers];
    for (int l = 0; l < layers; l++) {
      weightValues[l] = RowBatch.direct(network.inputs(l) * network.outputs(l));
      biasValues[l] = RowBatch.direct(network.outputs(l));
      weights[l] = manager.zeros(weightShape(l));
      biases[l] = manager.zeros(new Shape(1, network.outputs(l)));
    }
  }

  /** The weights of the output lie in a row, so that no product has an inner dimension of 1. */
  private Shape weightShape(int layer) {
    return layer == network.layers() - 1
        ? new Shape(1, network.inputs(layer))
        : new Shape(network.inputs(layer), network.outputs(layer));
  }

  void load(float[] parameters) {
    for (int l = 0; l < weights.length; l++) {
      load(parameters, network.weightAt(l), weights[l], weightValues[l]);
      load(parameters, network.biasAt(l), biases[l], biasValues[l]);
    }
  }

  private static void load(float[] parameters, int at, NDArray array, ByteBuffer values) {
    values.clear().asFloatBuffer().put(parameters, at, values.capacity() / Float.BYTES);
    array.set(values);
  }

  /**
   * The mean squared error of a batch and its gradient, summed slice by slice: the intermediate
   * results of a whole batch would leave the second-level cache (twice the time).
   */
  double lossAndGradient(RowBatch slice, int[] rowNumbers, int from, int count, float[] gradient) {
    Arrays.fill(gradient, 0f);
    double loss = 0;
    for (int done = 0; done < count; done += slice.size()) {
      slice.fill(rowNumbers, from + done, Math.min(slice.capacity(), count - done));
      try (NDManager step = manager.newSubManager()) {
        loss += addGradient(new Pass(step, slice), count, gradient);
      }
    }
    return loss;
  }

  /** The scaled outputs of a batch. */
  float[] predict(RowBatch batch) {
    try (NDManager step = manager.newSubManager()) {
      return new Pass(step, batch).output.toFloatArray();
    }
  }

  /** A forward pass: inputs and gates (sigmoids) of all layers, and the output. */
  private final class Pass {
    private final NDArray[] inputs = new NDArray[weights.length];
    private final NDArray[] gates = new NDArray[weights.length - 1];
    private final NDArray targets;
    private final NDArray output;

    Pass(NDManager step, RowBatch batch) {
      int last = weights.length - 1;
      Shape shape = new Shape(batch.size(), batch.inputCount());
      inputs[0] = step.create(batch.inputs(), shape, DataType.FLOAT32);
      targets = step.create(batch.targets(), new Shape(batch.size(), 1), DataType.FLOAT32);
      for (int l = 0; l < last; l++) {
        NDArray z = inputs[l].matMul(weights[l]).addi(biases[l]);
        gates[l] = Activation.sigmoid(z);
        inputs[l + 1] = z.muli(gates[l]);
      }
      output = inputs[last].mul(weights[last]).sum(OVER_NEURONS, true).addi(biases[last]);
    }
  }

  private double addGradient(Pass pass, int count, float[] gradient) {
    int last = weights.length - 1;
    NDArray difference = pass.output.sub(pass.targets);
    double loss = difference.square().sum().getFloat() / (double) count;
    NDArray g = difference.mul(2f / count);
    add(pass.inputs[last].mul(g).sum(OVER_ROWS), gradient, network.weightAt(last));
    add(g.sum(), gradient, network.biasAt(last));
    g = g.mul(weights[last]);
    for (int l = last - 1; l >= 0; l--) {
      g = g.muli(slope(pass.inputs[l + 1], pass.gates[l]));
      add(pass.inputs[l].transpose().matMul(g), gradient, network.weightAt(l));
      add(g.sum(OVER_ROWS), gradient, network.biasAt(l));
      if (l > 0) {
        g = g.matMul(weights[l].transpose());
      }
    }
    return loss;
  }

  /** The derivative of z s(z) is s + z s (1 - s). */
  private static NDArray slope(NDArray activated, NDArray gate) {
    return activated.mul(gate).negi().addi(activated).addi(gate);
  }

  private static void add(NDArray values, float[] to, int at) {
    float[] from = values.toFloatArray();
    for (int i = 0; i < from.length; i++) {
      to[at + i] += from[i];
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
