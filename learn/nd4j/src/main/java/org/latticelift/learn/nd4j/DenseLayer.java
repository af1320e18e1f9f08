package org.latticelift.learn.nd4j;

import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An affine map of columns, W x + b.
 *
 * @param weight [outputs,inputs]
 * @param bias [outputs,1]
 */
record DenseLayer(INDArray weight, INDArray bias) {
  static DenseLayer of(float[] weight, float[] bias) {
    int outputs = bias.length;
    int inputs = weight.length / outputs;
    return new DenseLayer(
        Nd4j.create(weight, new long[] {outputs, inputs}, 'c'),
        Nd4j.create(bias, new long[] {outputs, 1}, 'c'));
  }

  static DenseLayer named(KernelParameters p, String name) {
    return of(p.get(name + "/W"), p.get(name + "/b"));
  }

  /** The first layer of a network, with the share of the condition in its bias. */
  static DenseLayer first(KernelParameters p, String prefix) {
    return of(p.get(prefix + "/hidden0/W_z"), p.firstBias(prefix));
  }

  /** Columns to columns. */
  INDArray apply(INDArray x) {
    return weight.mmul(x).addiColumnVector(bias);
  }

  /** W^T y, the way back through the map. */
  INDArray back(INDArray y) {
    return weight.transpose().mmul(y);
  }
}
