package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;

/** The loss of a batch on PyTorch, differentiable, in the data type of the parameters. */
final class GraphLoss {
  private final SdeGraph graph;
  private final GaussianLoss loss;
  private final Noise noise;

  GraphLoss(SdeArchitecture architecture, LossCovariance form, Noise noise) {
    this.graph = new SdeGraph(architecture);
    this.loss = new GaussianLoss(form);
    this.noise = noise;
  }

  /** Sum over the batch; everything created belongs to the manager. */
  NDArray sum(NDManager step, NDArray flat, DevicePairs batch) {
    SdeGraph.StepNetwork bound = graph.bind(step, flat);
    SdeGraph.Output out = bound.forward(batch.state(), batch.condition());
    NDArray residual = batch.increment().sub(out.drift().mul(batch.duration()));
    return noise.column()
        ? split(residual, out.sigma(), batch)
        : loss.sum(residual, out.sigma(), batch.duration());
  }

  /**
   * The diffusion learns from the noise and the drift from the residual alone. The value is the
   * loss of the noise, for twins with the square of the residual, as they know no drift.
   */
  private NDArray split(NDArray residual, NDArray sigma, DevicePairs batch) {
    if (noise == Noise.TWINS) {
      NDArray ofTwins = loss.sum(batch.noise(), sigma, batch.duration());
      return ofTwins.add(loss.weighed(residual, batch.duration()));
    }
    NDArray known = residual.stopGradient();
    NDArray ofNoise = loss.sum(batch.noise().add(known), sigma, batch.duration());
    NDArray fixed = sigma.stopGradient();
    NDArray ofDrift = loss.sum(residual, fixed, batch.duration());
    NDArray constant = loss.sum(known, fixed, batch.duration());
    return ofNoise.add(ofDrift).sub(constant);
  }

  /**
   * The transition loss of ME-29: with A = D sigma sigma^T D dt + eps and r the residual, the mean
   * of r^T A^-1 r + ln det A. D = diag(sqrt kappa) multiplies the model covariance (ME-26).
   *
   * <p>A is factored as L D L^T (the square-root-free Cholesky factorisation) with the matrix
   * indices as leading axes, so that every operation runs over the batch; r is carried as an
   * additional row, which turns the corner element into -r^T A^-1 r.
   */
  static final class GaussianLoss {
    private final LossCovariance form;

    GaussianLoss(LossCovariance form) {
      this.form = form;
    }

    /**
     * The sum over the batch.
     *
     * @param residual z1 - z0 - mu dt, [B,d]
     * @param sigma [B,d,d]
     * @param dt [B,1], scaled
     */
    NDArray sum(NDArray residual, NDArray sigma, NDArray dt) {
      long batch = residual.getShape().get(0);
      int d = (int) residual.getShape().get(1);
      NDArray scale = Scalars.times(dt, form.factors().common()).reshape(batch, 1, 1);
      NDArray weighted = form.factors().uniform() ? sigma : sigma.mul(roots(residual, d));
      NDArray covariance = weighted.matMul(weighted.transpose(0, 2, 1)).mul(scale);
      covariance = covariance.add(constants(residual, d));
      NDArray column = residual.reshape(batch, d, 1);
      NDArray row = residual.reshape(batch, 1, d).pad(new Shape(0, 1), 0);
      NDArray system = covariance.concat(column, 2).concat(row, 1);
      return eliminate(system.reshape(batch, (d + 1) * (d + 1)).transpose(), d, batch);
    }

    /** Sum of r^2 / (v dt), where constants v weigh the residuals. */
    NDArray weighed(NDArray residual, NDArray dt) {
      NDArray variances = array(residual, form.drift()).reshape(1, form.drift().length);
      return residual.mul(residual).div(variances.mul(dt)).sum();
    }

    private NDArray roots(NDArray like, int d) {
      double[] roots = new double[d];
      Arrays.setAll(roots, form.factors()::root);
      return array(like, roots).reshape(1, d, 1);
    }

    private NDArray constants(NDArray like, int d) {
      NDArray eye = like.getManager().eye(d, d, 0, like.getDataType());
      return eye.mul(array(like, form.epsilon()));
    }

    private static NDArray array(NDArray like, double[] values) {
      return like.getManager().create(values).toType(like.getDataType(), false);
    }

    private static NDArray eliminate(NDArray flat, int d, long batch) {
      NDArray a = flat.reshape(d + 1, d + 1, batch);
      NDArray total = null;
      for (int k = 0; k < d; k++) {
        int n = d + 1 - k;
        NDArray head = a.get(0);
        NDArray pivot = head.get(0);
        NDArray rest = head.get("1:");
        NDArray factor = rest.div(pivot);
        NDArray update = rest.reshape(n - 1, 1, batch).mul(factor.reshape(1, n - 1, batch));
        a = a.get("1:, 1:").sub(update);
        NDArray log = pivot.log();
        total = total == null ? log : total.add(log);
      }
      return total.sub(a.reshape(batch)).sum();
    }
  }

  /**
   * The differentiable forward pass of an architecture. All parameters are one flat vector (one
   * leaf, one gradient); {@link #bind} cuts it into named views for one step. Everything that a
   * step creates belongs to the manager given to {@code bind}.
   */
  static final class SdeGraph {
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
        NDArray matrix =
            spec.mode().full() ? raw.reshape(-1, d, d) : raw.reshape(-1, d, 1).mul(eye);
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

  /**
   * Products with constants that may be recorded on a tape.
   *
   * <p>DJL's {@code mul(Number)} and {@code div(Number)} wrap the constant in an array over a Java
   * buffer and close it at once, while PyTorch keeps the constant for the backward pass. After a
   * garbage collection the backward pass reads freed memory: forward values stay right and
   * gradients become wrong or not finite, at random. Here the constant lives as long as the manager
   * of the operand.
   */
  static final class Scalars {
    private Scalars() {}

    /** x times a constant of the type of x; the constant belongs to the manager of x. */
    static NDArray times(NDArray x, double constant) {
      boolean wide = x.getDataType() == DataType.FLOAT64;
      return x.mul(
          wide ? x.getManager().create(constant) : x.getManager().create((float) constant));
    }
  }

  /**
   * Samples on the engine's device, or a part of them ({@code columns}: state [N,d], increment
   * [N,d], duration [N,1], condition [N,1], and noise [N,d] where there is a column for it).
   */
  record DevicePairs(NDList columns) {

    /** Copies of some rows, in their order. */
    static DevicePairs of(NDManager owner, Samples samples, int[] rows) {
      Shape states = new Shape(rows.length, samples.variables());
      Shape column = new Shape(rows.length, 1);
      NDList columns =
          new NDList(
              owner.create(samples.state(rows), states),
              owner.create(samples.increment(rows), states),
              owner.create(samples.duration(rows), column),
              owner.create(samples.condition(rows), column));
      if (samples.noise()) {
        columns.add(owner.create(samples.noise(rows), states));
      }
      return new DevicePairs(columns);
    }

    NDArray state() {
      return columns.get(0);
    }

    NDArray increment() {
      return columns.get(1);
    }

    NDArray duration() {
      return columns.get(2);
    }

    NDArray condition() {
      return columns.get(3);
    }

    NDArray noise() {
      return columns.get(4);
    }

    /** Views of some rows, which belong to the manager. */
    DevicePairs slice(NDManager owner, int from, int to) {
      NDList parts = new NDList();
      for (NDArray column : columns) {
        parts.add(column.get(new NDIndex().addSliceDim(from, to)));
      }
      parts.attach(owner);
      return new DevicePairs(parts);
    }
  }
}
