package org.latticelift.learn.nd4j;

import org.latticelift.learn.sde.DiffusionSpec;
import org.latticelift.learn.sde.KernelParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** sigma(z) times the noise, states in columns (ME-46, DI-37). */
final class Diffusion {
  private final DiffusionSpec spec;
  private final int d;
  private final Network network;
  private final INDArray constant;
  private final INDArray strict;
  private final INDArray diagonal;

  Diffusion(KernelParameters p, DiffusionSpec spec, int d) {
    this.spec = spec;
    this.d = d;
    boolean learned = spec.mode().network();
    network = learned ? Network.of(p, "diffusion", spec.hidden().size()) : null;
    constant = learned ? null : column(p.get("diffusion/value"));
    INDArray unit = spec.mode().full() ? Nd4j.eye(d) : Nd4j.ones(d);
    diagonal = unit.reshape('c', spec.outputs(d), 1);
    strict =
        (spec.mode().full() ? Masks.lower(d) : Nd4j.ones(d))
            .reshape('c', spec.outputs(d), 1)
            .sub(diagonal);
  }

  private static INDArray column(float[] values) {
    return Nd4j.create(values, new long[] {values.length, 1}, 'c');
  }

  /**
   * The change of every state.
   *
   * @param z [d,count]
   * @param noise [d,count]
   */
  INDArray times(INDArray z, INDArray noise) {
    long count = z.size(1);
    INDArray raw = network == null ? constant.broadcast(spec.outputs(d), count) : network.apply(z);
    INDArray sigma = shaped(raw).muli(spec.scale());
    if (!spec.mode().full()) {
      return sigma.muli(noise);
    }
    INDArray each = noise.reshape('c', 1, d, count).broadcast(d, d, count);
    return sigma.reshape('c', d, d, count).mul(each).sum(1);
  }

  /** Lower triangular with a positive diagonal, where that is asked for. */
  private INDArray shaped(INDArray raw) {
    if (!spec.lower()) {
      return raw.dup('c');
    }
    INDArray positive = Transforms.softPlus(raw, true).muliColumnVector(diagonal);
    return raw.mulColumnVector(strict).addi(positive);
  }
}
