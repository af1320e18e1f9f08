package org.latticelift.learn.train.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.train.gradient.BlockArithmetic.Rows;
import org.latticelift.learn.train.gradient.BlockState.ModelPart;
import org.latticelift.learn.train.gradient.Dense.Network;
import org.latticelift.learn.train.gradient.Dense.ParameterMap;

/**
 * The Onsager drift (ME-50 to ME-58). The gradient of the potential runs backwards through the
 * layers as part of the forward pass (ME-55), so the backward pass goes through them twice and
 * needs F''. With gates c = F'(u)/2 and s = [z; tau]:
 *
 * <pre>
 * forward   u_0 = W_0 s + b_0,  h_1 = F(u_0);   u_l = W_l h_l + b_l,  h_l+1 = F(u_l) + h_l
 *           P = W_P h + W_L z + b,  A = W_A h + b_A,  f = W_f h + b_f
 *           g_L = W_P^T P;   v_l = 2 c_l g_l+1,  g_l = g_l+1 + W_l^T v_l;   v_0 = 2 c_0 g_1
 *           G = 2 (W_0z^T v_0 + W_L^T P + beta z)
 * backward  q = 2 dG;  dv_0 = W_0z q,  dP = W_L q
 *           dg_1 = 2 c_0 dv_0;   dv_l = W_l dg_l,  dg_l+1 = dg_l + 2 c_l dv_l
 *           dc_l = 2 dv_l g_l+1 where F'' is not zero;   dP += W_P dg_L
 *           dh = W_P^T dP + W_A^T dA + W_f^T df
 *           du_l = 2 c_l dh_l+1 + dc_l,  dh_l = dh_l+1 + W_l^T du_l
 * gradients W_0z: v_0 q^T + du_0 z^T;  W_l: v_l dg_l^T + du_l h_l^T;  W_L: P q^T + dP z^T
 *           W_P: P dg_L^T + dP h^T
 * </pre>
 */
final class OnsagerDrift<A> implements ModelPart<A> {
  private final BlockArithmetic<A> arithmetic;
  private final int d;
  private final int depth;
  private final double beta;
  private final boolean embedded;
  private final List<Dense<A>> hidden = new ArrayList<>();
  private final Dense<A> potential;
  private final Dense<A> linear;
  private final Dense<A> matrix;
  private final Dense<A> force;
  private final List<Dense<A>> layers;
  private final OnsagerMatrix<A> onsager;
  private final OnsagerBlocks<A> x;
  private final Outputs<A> outputs;
  private final Outputs<A> bars;

  OnsagerDrift(
      BlockArithmetic<A> arithmetic, ParameterMap map, DriftSpec spec, int d, boolean embedded) {
    this.arithmetic = arithmetic;
    this.d = d;
    this.depth = spec.hidden().size();
    this.beta = spec.potBeta();
    this.embedded = embedded;
    hidden.add(Network.first(arithmetic, map, "drift"));
    for (int l = 1; l < depth; l++) {
      hidden.add(Network.layer(arithmetic, map, "drift/hidden" + l));
    }
    this.potential =
        Dense.of(
            arithmetic,
            map,
            List.of("drift/potential/W"),
            List.of("drift/potential/b", "drift/potential_linear/b"));
    this.linear = Dense.of(arithmetic, map, List.of("drift/potential_linear/W"), List.of());
    this.matrix = Network.layer(arithmetic, map, "drift/matrix");
    this.force = spec.forcing() ? Network.layer(arithmetic, map, "drift/force") : null;
    this.layers = all();
    this.onsager = new OnsagerMatrix<>(arithmetic, d, spec.dissipation());
    this.x = OnsagerBlocks.of(arithmetic, depth, spec.hidden().get(0), hidden.get(0).inputs(), d);
    this.outputs = x.outputs();
    this.bars = x.bars();
  }

  private List<Dense<A>> all() {
    List<Dense<A>> all = new ArrayList<>(hidden);
    all.add(potential);
    all.add(linear);
    all.add(matrix);
    if (force != null) {
      all.add(force);
    }
    return all;
  }

  @Override
  public void pack(A flat) {
    layers.forEach(layer -> layer.pack(flat));
  }

  @Override
  public void unpack(A gradient) {
    layers.forEach(layer -> layer.unpack(gradient));
  }

  @Override
  public void forward(int n, BlockState<A> block) {
    hiddenForward(n, block.input());
    Block<A> h = x.h(depth);
    potential.apply(n, h, outputs.p());
    linear.add(n, block.input(), d, outputs.p());
    slope(n, block);
    matrix.apply(n, h, outputs.a());
    arithmetic.toRows(n, outputs.a(), d * d, onsager.matrix(), 0);
    if (force == null) {
      arithmetic.fill(block.drift(), 0, Widths.row(d), 0);
    } else {
      force.apply(n, h, outputs.f());
      arithmetic.toRows(n, outputs.f(), d, block.drift(), 0);
    }
    onsager.forward(n, block.drift());
  }

  private void hiddenForward(int n, Block<A> input) {
    for (int l = 0; l < depth; l++) {
      Block<A> u = x.gate(l);
      hidden.get(l).apply(n, l == 0 ? input : x.h(l), u);
      arithmetic.gate(u.span(n), u.data(), x.h(l).data(), x.h(l + 1).data());
    }
  }

  /** ME-55 into the rows of the Onsager matrix. */
  private void slope(int n, BlockState<A> block) {
    clear(n, x.g(depth));
    potential.addTransposed(n, outputs.p(), x.g(depth));
    for (int l = depth - 1; l >= 0; l--) {
      gated(n, x.gate(l), x.g(l + 1), x.v(l));
      if (l > 0) {
        copy(n, x.g(l + 1), x.g(l));
        hidden.get(l).addTransposed(n, x.v(l), x.g(l));
      }
    }
    clear(n, outputs.pulled());
    hidden.get(0).addTransposed(n, x.v(0), outputs.pulled());
    linear.addTransposed(n, outputs.p(), outputs.pulled());
    arithmetic.toRows(n, outputs.pulled(), d, onsager.slope(), 0);
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.affine(n, 2, 0, onsager.slope(), row, onsager.slope(), row);
      arithmetic.affine(n, 2 * beta, 0, block.state(), row, onsager.slopeBar(), row);
      arithmetic.add(n, onsager.slopeBar(), row, onsager.slope(), row);
    }
  }

  @Override
  public void backward(int n, BlockState<A> block) {
    onsager.backward(n, block.driftBar());
    slopeBack(n);
    Block<A> h = x.h(depth);
    accumulate(n, potential, bars.p(), h);
    linear.accumulate(n, bars.p(), block.input());
    arithmetic.toBlock(n, onsager.matrixBar(), 0, d * d, bars.a());
    accumulate(n, matrix, bars.a(), h);
    Block<A> hBar = x.hBar();
    clear(n, hBar);
    potential.addTransposed(n, bars.p(), hBar);
    matrix.addTransposed(n, bars.a(), hBar);
    if (force != null) {
      arithmetic.toBlock(n, block.driftBar(), 0, d, bars.f());
      accumulate(n, force, bars.f(), h);
      force.addTransposed(n, bars.f(), hBar);
    }
    hiddenBack(n, block);
  }

  /** Through the gradient of the potential; leaves dP, and dc_l in the place of g_l+1. */
  private void slopeBack(int n) {
    Block<A> q = bars.pulled();
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.affine(n, 2, 0, onsager.slopeBar(), row, onsager.slopeBar(), row);
    }
    arithmetic.toBlock(n, onsager.slopeBar(), 0, d, q);
    linear.accumulate(n, outputs.p(), q);
    clear(n, bars.p());
    linear.add(n, q, d, bars.p());
    Block<A> gBar = x.gBar();
    Block<A> vBar = x.vBar();
    clear(n, gBar);
    for (int l = 0; l < depth; l++) {
      Block<A> in = l == 0 ? q : gBar;
      hidden.get(l).accumulate(n, x.v(l), in);
      clear(n, vBar);
      hidden.get(l).add(n, in, l == 0 ? d : hidden.get(l).inputs(), vBar);
      gatedBack(n, l);
    }
    potential.accumulate(n, outputs.p(), gBar);
    potential.add(n, gBar, potential.inputs(), bars.p());
  }

  private void gatedBack(int n, int l) {
    Block<A> gate = x.gate(l);
    A g = x.g(l + 1).data();
    arithmetic.gatedBack(gate.span(n), gate.data(), g, x.vBar().data(), x.gBar().data(), g);
  }

  private void hiddenBack(int n, BlockState<A> block) {
    Block<A> hBar = x.hBar();
    for (int l = depth - 1; l >= 0; l--) {
      Block<A> uBar = x.v(l);
      gated(n, x.gate(l), hBar, uBar);
      arithmetic.add(uBar.span(n), x.g(l + 1).data(), 0, uBar.data(), 0);
      accumulate(n, hidden.get(l), uBar, l == 0 ? block.input() : x.h(l));
      if (l > 0) {
        hidden.get(l).addTransposed(n, uBar, hBar);
      } else if (embedded) {
        hidden.get(0).addTransposed(n, uBar, block.inputBar());
      }
    }
  }

  private void accumulate(int n, Dense<A> layer, Block<A> yBar, Block<A> input) {
    layer.accumulate(n, yBar, input);
    layer.accumulateBias(n, yBar);
  }

  private void gated(int n, Block<A> gate, Block<A> g, Block<A> v) {
    arithmetic.gated(gate.span(n), gate.data(), g.data(), v.data());
  }

  private void copy(int n, Block<A> from, Block<A> to) {
    arithmetic.copy(from.data(), 0, 1, to.data(), 0, 1, from.span(n));
  }

  private void clear(int n, Block<A> block) {
    arithmetic.fill(block.data(), 0, block.span(n), 0);
  }

  @Override
  public long size() {
    long once = layers.stream().mapToLong(Dense::size).sum();
    long again = potential.size() + linear.size() + (long) d * hidden.get(0).outputs();
    for (Dense<A> layer : hidden.subList(1, depth)) {
      again += layer.size();
    }
    return once + again;
  }

  @Override
  public long first() {
    return hidden.get(0).size();
  }

  /**
   * Intermediate values of {@link OnsagerDrift}, in its notation. h(0) stays zero, so that the
   * first layer needs no case of its own.
   */
  record OnsagerBlocks<A>(
      List<Block<A>> gates,
      List<Block<A>> hs,
      List<Block<A>> gs,
      List<Block<A>> vs,
      Outputs<A> outputs,
      Outputs<A> bars,
      Block<A> hBar,
      Block<A> gBar,
      Block<A> vBar) {

    static <A> OnsagerBlocks<A> of(
        BlockArithmetic<A> arithmetic, int depth, int width, int inputs, int d) {
      return new OnsagerBlocks<>(
          layers(arithmetic, depth, width),
          layers(arithmetic, depth + 1, width),
          layers(arithmetic, depth + 1, width),
          layers(arithmetic, depth, width),
          Outputs.of(arithmetic, inputs, d),
          Outputs.of(arithmetic, inputs, d),
          Widths.block(arithmetic, width),
          Widths.block(arithmetic, width),
          Widths.block(arithmetic, width));
    }

    private static <A> List<Block<A>> layers(BlockArithmetic<A> arithmetic, int count, int width) {
      return IntStream.range(0, count).mapToObj(l -> Widths.block(arithmetic, width)).toList();
    }

    Block<A> gate(int l) {
      return gates.get(l);
    }

    Block<A> h(int l) {
      return hs.get(l);
    }

    Block<A> g(int l) {
      return gs.get(l);
    }

    Block<A> v(int l) {
      return vs.get(l);
    }
  }

  /** What comes out of the last layers, and out of the first one on the way back. */
  record Outputs<A>(Block<A> p, Block<A> a, Block<A> f, Block<A> pulled) {
    static <A> Outputs<A> of(BlockArithmetic<A> arithmetic, int inputs, int d) {
      return new Outputs<>(
          Widths.block(arithmetic, d),
          Widths.block(arithmetic, d * d),
          Widths.block(arithmetic, d),
          Widths.block(arithmetic, inputs));
    }
  }

  /**
   * mu = f - (L L^T + U - U^T + c_d I) G on rows, with L the lower triangle of A and U its strict
   * upper triangle (ME-50, ME-56), and the derivatives by A, G and f. About 6 d^2 multiply-adds per
   * sample.
   */
  static final class OnsagerMatrix<A> {
    private final BlockArithmetic<A> arithmetic;
    private final int d;
    private final double dissipation;
    private final A matrix;
    private final A slope;
    private final A projected;
    private final A projectedBar;
    private final A totalBar;
    private final A matrixBar;
    private final A slopeBar;

    OnsagerMatrix(BlockArithmetic<A> arithmetic, int d, double dissipation) {
      this.arithmetic = arithmetic;
      this.d = d;
      this.dissipation = dissipation;
      this.matrix = Widths.rows(arithmetic, d * d);
      this.slope = Widths.rows(arithmetic, d);
      this.projected = Widths.rows(arithmetic, d);
      this.projectedBar = Widths.rows(arithmetic, d);
      this.totalBar = Widths.rows(arithmetic, d);
      this.matrixBar = Widths.rows(arithmetic, d * d);
      this.slopeBar = Widths.rows(arithmetic, d);
    }

    /** A, entry (i,j) in row i d + j; to be filled before {@link #forward}. */
    A matrix() {
      return matrix;
    }

    /** G = grad V, d rows; to be filled before {@link #forward}. */
    A slope() {
      return slope;
    }

    A matrixBar() {
      return matrixBar;
    }

    A slopeBar() {
      return slopeBar;
    }

    /** Subtracts the matrix times G from mu, which holds f. */
    void forward(int n, A mu) {
      for (int j = 0; j < d; j++) {
        project(n, j, slope, projected);
      }
      for (int i = 0; i < d; i++) {
        int row = Widths.row(i);
        arithmetic.subtractDot(
            n, i + 1, new Rows<>(matrix, at(i, 0)), new Rows<>(projected, 0), mu, row);
        int right = Widths.row(i + 1);
        arithmetic.subtractDot(
            n, d - 1 - i, new Rows<>(matrix, at(i, i + 1)), new Rows<>(slope, right), mu, row);
        arithmetic.addDot(
            n, i, new Rows<>(matrix, at(0, i), Widths.row(d)), new Rows<>(slope, 0), mu, row);
        arithmetic.affine(n, -dissipation, 0, slope, row, slopeBar, row);
        arithmetic.add(n, slopeBar, row, mu, row);
      }
    }

    /** u_j = sum over i of L_ij y_i. */
    private void project(int n, int j, A y, A u) {
      int row = Widths.row(j);
      arithmetic.fill(u, row, n, 0);
      arithmetic.addDot(
          n, d - j, new Rows<>(matrix, at(j, j), Widths.row(d)), new Rows<>(y, row), u, row);
    }

    /** Derivatives by A and G from those by mu; f has the same as mu. */
    void backward(int n, A muBar) {
      for (int i = 0; i < d; i++) {
        arithmetic.affine(n, -1, 0, muBar, Widths.row(i), totalBar, Widths.row(i));
      }
      for (int j = 0; j < d; j++) {
        project(n, j, totalBar, projectedBar);
      }
      for (int i = 0; i < d; i++) {
        slopeBar(n, i);
        for (int j = 0; j < d; j++) {
          matrixBar(n, i, j);
        }
      }
    }

    private void slopeBar(int n, int i) {
      int row = Widths.row(i);
      arithmetic.affine(n, dissipation, 0, totalBar, row, slopeBar, row);
      arithmetic.addDot(
          n, i + 1, new Rows<>(matrix, at(i, 0)), new Rows<>(projectedBar, 0), slopeBar, row);
      arithmetic.addDot(
          n,
          i,
          new Rows<>(matrix, at(0, i), Widths.row(d)),
          new Rows<>(totalBar, 0),
          slopeBar,
          row);
      int right = Widths.row(i + 1);
      arithmetic.subtractDot(
          n,
          d - 1 - i,
          new Rows<>(matrix, at(i, i + 1)),
          new Rows<>(totalBar, right),
          slopeBar,
          row);
    }

    private void matrixBar(int n, int i, int j) {
      int to = at(i, j);
      int left = Widths.row(i);
      int right = Widths.row(j);
      if (j <= i) {
        arithmetic.multiply(n, totalBar, left, projected, right, matrixBar, to);
        arithmetic.addDot(
            n, 1, new Rows<>(projectedBar, right, 0), new Rows<>(slope, left, 0), matrixBar, to);
      } else {
        arithmetic.multiply(n, totalBar, left, slope, right, matrixBar, to);
        arithmetic.subtractDot(
            n, 1, new Rows<>(totalBar, right, 0), new Rows<>(slope, left, 0), matrixBar, to);
      }
    }

    private int at(int i, int j) {
      return Widths.row(i * d + j);
    }
  }
}
