package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.sde.DiffusionSpec;
import org.latticelift.learn.sde.DriftSpec;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;

/**
 * The differentiable forward pass of an architecture. All parameters are one flat vector (one leaf,
 * one gradient); {@link #bind} cuts it into named views for one step. Everything that a step
 * creates belongs to the manager given to {@code bind}.
 */
final class SdeGraph {
  private final SdeArchitecture architecture;
  private final List<ParameterSpec> layout;
  private final long[] cuts;

  SdeGraph(SdeArchitecture architecture) {
    this.architecture = architecture;
    this.layout = ParameterLayout.of(architecture);
    List<Long> inner = new ArrayList<>();
    long offset = 0;
    for (ParameterSpec spec : layout.subList(0, layout.size() - 1)) {
      offset += spec.size();
      inner.add(offset);
    }
    this.cuts = inner.stream().mapToLong(Long::longValue).toArray();
  }

  /** Drift [B,d] and sigma [B,d,d] in scaled variables and time. */
  record Output(NDArray drift, NDArray sigma) {}

  /** The parameters cut into views that live as long as the manager. */
  StepNetwork bind(NDManager step, NDArray flat) {
    NDList parts = layout.size() == 1 ? new NDList(flat) : flat.split(cuts, 0);
    Map<String, NDArray> views = new HashMap<>();
    for (int i = 0; i < layout.size(); i++) {
      NDArray part = parts.get(i);
      NDArray view = part.reshape(new Shape(layout.get(i).shape()));
      view.attach(step);
      if (part != flat) {
        part.attach(step);
      }
      views.put(layout.get(i).name(), view);
    }
    return new StepNetwork(step, views);
  }

  /** The network with the parameters of one step. */
  final class StepNetwork {
    private final NDManager manager;
    private final Map<String, NDArray> views;

    private StepNetwork(NDManager manager, Map<String, NDArray> views) {
      this.manager = manager;
      this.views = views;
    }

    /**
     * Evaluates the network.
     *
     * @param z scaled states [B,d]
     * @param condition (T-100)/2900 [B,1]; not used without embedding
     */
    Output forward(NDArray z, NDArray condition) {
      NDArray tau = architecture.embedding() == 0 ? null : embed(condition);
      NDArray drift =
          switch (architecture.drift().kind()) {
            case PLAIN -> network("drift", architecture.drift().hidden(), z, tau);
            case ONSAGER -> onsager(z, tau);
            case LINEAR -> linear(z, "drift/linear");
          };
      return new Output(drift, sigma(z, tau));
    }

    private NDArray embed(NDArray condition) {
      return linear(relu(linear(condition, "embedding/hidden0")), "embedding/output");
    }

    private NDArray network(String prefix, List<Integer> hidden, NDArray z, NDArray tau) {
      NDArray x = relu(first(prefix, z, tau));
      for (int l = 1; l < hidden.size(); l++) {
        x = relu(linear(x, prefix + "/hidden" + l));
      }
      return linear(x, prefix + "/output");
    }

    private NDArray onsager(NDArray z, NDArray tau) {
      DriftSpec spec = architecture.drift();
      int layers = spec.hidden().size();
      NDArray[] gate = new NDArray[layers];
      NDArray h = null;
      for (int l = 0; l < layers; l++) {
        NDArray u = l == 0 ? first("drift", z, tau) : linear(h, "drift/hidden" + l);
        // F(u) = c (2u - c) and F'(u) = 2c with c = clip(u, 0, 0.5): ME-52 in one clip.
        gate[l] = u.clip(0, 0.5);
        NDArray f = gate[l].mul(Scalars.times(u, 2).sub(gate[l]));
        h = l == 0 ? f : f.add(h);
      }
      NDArray p = linear(h, "drift/potential").add(linear(z, "drift/potential_linear"));
      NDArray gradient = gradient(z, p, gate);
      NDArray force = spec.forcing() ? linear(h, "drift/force") : null;
      return assemble(linear(h, "drift/matrix"), gradient, force);
    }

    /** ME-55 as products from the right: no second-order differentiation is needed. */
    private NDArray gradient(NDArray z, NDArray p, NDArray[] gate) {
      NDArray g = p.matMul(views.get("drift/potential/W"));
      for (int l = gate.length - 1; l > 0; l--) {
        NDArray through =
            Scalars.times(gate[l].mul(g), 2).matMul(views.get("drift/hidden" + l + "/W"));
        g = g.add(through);
      }
      NDArray first = Scalars.times(gate[0].mul(g), 2).matMul(views.get("drift/hidden0/W_z"));
      NDArray direct = p.matMul(views.get("drift/potential_linear/W"));
      NDArray pulled = Scalars.times(z, architecture.drift().potBeta());
      return Scalars.times(first.add(direct).add(pulled), 2);
    }

    /** -(L L^T + U - U^T + c_d I) grad V + f. */
    private NDArray assemble(NDArray a, NDArray gradient, NDArray force) {
      long d = architecture.dimension();
      NDArray matrix = a.reshape(-1, d, d);
      NDArray lower = matrix.mul(mask(true));
      NDArray upper = matrix.mul(mask(false));
      NDArray row = gradient.reshape(-1, 1, d);
      NDArray column = gradient.reshape(-1, d, 1);
      NDArray u = lower.mul(column).sum(new int[] {1}, true);
      NDArray dissipated = lower.mul(u).sum(new int[] {2});
      NDArray conserved =
          upper.mul(row).sum(new int[] {2}).sub(upper.mul(column).sum(new int[] {1}));
      NDArray total =
          dissipated
              .add(conserved)
              .add(Scalars.times(gradient, architecture.drift().dissipation()));
      return force == null ? total.neg() : force.sub(total);
    }

    private NDArray sigma(NDArray z, NDArray tau) {
      DiffusionSpec spec = architecture.diffusion();
      long d = architecture.dimension();
      NDArray raw;
      if (spec.mode().network()) {
        raw = network("diffusion", spec.hidden(), z, tau);
      } else {
        NDArray zero = Scalars.times(z.get(":, :1"), 0);
        raw = zero.add(views.get("diffusion/value").reshape(1, -1));
      }
      NDArray eye = manager.eye((int) d);
      NDArray matrix = spec.mode().full() ? raw.reshape(-1, d, d) : raw.reshape(-1, d, 1).mul(eye);
      if (spec.lower()) {
        NDArray strict = matrix.mul(mask(true).sub(eye));
        NDArray positive = matrix.getNDArrayInternal().softPlus().mul(eye);
        matrix = strict.add(positive);
      }
      return Scalars.times(matrix, spec.scale());
    }

    /** Ones on and below the diagonal, or strictly above it. */
    private NDArray mask(boolean lower) {
      int d = architecture.dimension();
      float[] values = new float[d * d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          values[i * d + j] = lower == (j <= i) ? 1 : 0;
        }
      }
      return manager.create(values, new Shape(d, d));
    }

    private NDArray first(String prefix, NDArray z, NDArray tau) {
      NDArray fromState =
          linear(z, views.get(prefix + "/hidden0/W_z"), views.get(prefix + "/hidden0/b"));
      if (tau == null) {
        return fromState;
      }
      return fromState.add(linear(tau, views.get(prefix + "/hidden0/W_t"), null));
    }

    private NDArray linear(NDArray x, String name) {
      return linear(x, views.get(name + "/W"), views.get(name + "/b"));
    }

    private NDArray linear(NDArray x, NDArray weight, NDArray bias) {
      return x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow();
    }

    private NDArray relu(NDArray x) {
      return x.getNDArrayInternal().relu();
    }
  }
}
