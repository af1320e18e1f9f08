package org.latticelift.learn.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** mu(z), states in columns. */
interface DriftLayers {
  /** [d,count] to [d,count]. */
  INDArray of(INDArray z);

  static DriftLayers of(KernelParameters p, DriftSpec spec, int d) {
    return switch (spec.kind()) {
      case PLAIN -> LayerStack.of(p, "drift", spec.hidden().size())::apply;
      case LINEAR -> DenseLayer.named(p, "drift/linear")::apply;
      case ONSAGER -> new OnsagerDrift(p, spec, d);
    };
  }

  /** The drift of ME-50 with the exact gradient of its potential (ME-55). */
  final class OnsagerDrift implements DriftLayers {
    private static final double BEND = 0.5;

    private final DriftSpec spec;
    private final int d;
    private final List<DenseLayer> hidden = new ArrayList<>();
    private final DenseLayer potential;
    private final DenseLayer direct;
    private final DenseLayer matrix;
    private final DenseLayer force;
    private final INDArray lower;
    private final INDArray upper;

    OnsagerDrift(KernelParameters p, DriftSpec spec, int d) {
      this.spec = spec;
      this.d = d;
      hidden.add(DenseLayer.first(p, "drift"));
      for (int l = 1; l < spec.hidden().size(); l++) {
        hidden.add(DenseLayer.named(p, "drift/hidden" + l));
      }
      potential = DenseLayer.named(p, "drift/potential");
      direct = DenseLayer.named(p, "drift/potential_linear");
      matrix = DenseLayer.named(p, "drift/matrix");
      force = spec.forcing() ? DenseLayer.named(p, "drift/force") : null;
      lower = Masks.lower(d).reshape('c', d, d, 1);
      upper = Nd4j.onesLike(lower).subi(lower);
    }

    @Override
    public INDArray of(INDArray z) {
      List<INDArray> slope = new ArrayList<>();
      INDArray u = hidden.get(0).apply(z);
      slope.add(slope(u));
      INDArray h = activation(u);
      for (DenseLayer layer : hidden.subList(1, hidden.size())) {
        u = layer.apply(h);
        slope.add(slope(u));
        h = activation(u).addi(h);
      }
      INDArray gradient = gradient(z, h, slope);
      INDArray moved = matrices(matrix.apply(h), gradient).addi(gradient.mul(spec.dissipation()));
      return force == null ? moved.negi() : force.apply(h).subi(moved);
    }

    private INDArray gradient(INDArray z, INDArray h, List<INDArray> slope) {
      INDArray p = potential.apply(h).addi(direct.apply(z));
      INDArray g = potential.back(p);
      for (int l = hidden.size() - 1; l > 0; l--) {
        g = g.add(hidden.get(l).back(slope.get(l).mul(g)));
      }
      INDArray first = hidden.get(0).back(slope.get(0).mul(g));
      return first.addi(direct.back(p)).muli(2).addi(z.mul(2 * spec.potBeta()));
    }

    /** (L L^T + U - U^T) g, L the lower triangle of A and U the strict upper one (ME-56). */
    private INDArray matrices(INDArray a, INDArray g) {
      long count = g.size(1);
      INDArray all = a.reshape('c', d, d, count);
      INDArray l = all.mul(lower.broadcast(d, d, count));
      INDArray u = all.mul(upper.broadcast(d, d, count));
      INDArray dissipated = times(l, transposedTimes(l, g));
      return dissipated.addi(times(u, g)).subi(transposedTimes(u, g));
    }

    private INDArray times(INDArray m, INDArray g) {
      long count = g.size(1);
      return m.mul(g.reshape('c', 1, d, count).broadcast(d, d, count)).sum(1);
    }

    private INDArray transposedTimes(INDArray m, INDArray g) {
      long count = g.size(1);
      return m.mul(g.reshape('c', d, 1, count).broadcast(d, d, count)).sum(0);
    }

    /** F of ME-52. */
    private static INDArray activation(INDArray u) {
      INDArray first = Transforms.relu(u, true);
      INDArray second = Transforms.relu(u.sub(BEND), false);
      return first.muli(first).subi(second.muli(second));
    }

    private static INDArray slope(INDArray u) {
      return Transforms.relu(u, true).subi(Transforms.relu(u.sub(BEND), false)).muli(2);
    }
  }
}
