package org.latticelift.learn.train.gradient;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.train.gradient.BlockState.ModelPart;
import org.latticelift.learn.train.gradient.Dense.Network;
import org.latticelift.learn.train.gradient.Dense.ParameterMap;
import org.latticelift.learn.train.gradient.TransitionLoss.SigmaPattern;

/**
 * Loss and gradient of a batch (ME-29, ME-36) by a forward pass and a hand-written backward pass,
 * block after block, so that all intermediate values of a block stay in the core's own cache.
 *
 * <p>Cost per sample: six operations per weight and use (three products, forward, to the input and
 * to the weight), about d^3 for the loss, no allocation. Plain d = 4: 0.11 million operations;
 * Onsager d = 6: 0.08 million. {@code TrainingStepBenchmark} and {@code latticelift bench train}
 * measure it.
 */
public final class FusedObjective<A> implements SdeObjective<A> {
  private final BlockArithmetic<A> arithmetic;
  private final ParameterMap map;
  private final int d;
  private final Network<A> embedding;
  private final ModelPart<A> drift;
  private final ModelPart<A> diffusion;
  private final Noise noise;
  private final TransitionLoss<A> loss;
  private final BlockState<A> block;
  private final Block<A> embeddedBar;
  private final Block<A> embedded;
  private final Block<A> increment;
  private final Block<A> fluctuation;
  private final Block<A> duration;
  private final A weight;
  private final Samples training;
  private final Samples validation;
  private final int[] held;
  private final int[] rows = new int[BlockArithmetic.SAMPLES];
  private int[] order = {};

  /** Workspace for one thread ({@code arithmetic}: how to compute). */
  public FusedObjective(
      SdeArchitecture architecture, TrainingProblem problem, BlockArithmetic<A> arithmetic) {
    int e = architecture.embedding();
    this.arithmetic = arithmetic;
    this.noise = problem.noise();
    this.training = problem.training();
    this.validation = problem.validation();
    this.held = validation.all();
    this.map = new ParameterMap(architecture);
    this.d = architecture.dimension();
    this.embedding = e == 0 ? null : Network.embedding(arithmetic, map);
    this.drift = drift(architecture);
    SigmaPattern pattern = SigmaPattern.of(architecture.diffusion(), d);
    this.diffusion = new Diffusion<>(arithmetic, map, architecture.diffusion(), pattern, e > 0);
    this.loss = new TransitionLoss<>(arithmetic, pattern, problem.covariance(), noise);
    this.block = BlockState.of(arithmetic, d, noise.column(), e);
    this.embedded = block.input().from(d);
    this.embeddedBar = block.inputBar().from(d);
    this.increment = block.pair().from(Samples.INCREMENT);
    this.fluctuation = block.pair().from(Samples.noise(d));
    this.duration = block.pair().from(Samples.DURATION);
    this.weight = Widths.rows(arithmetic, 1);
  }

  private ModelPart<A> drift(SdeArchitecture architecture) {
    boolean embedded = architecture.embedding() > 0;
    return switch (architecture.drift().kind()) {
      case PLAIN ->
          new PlainDrift<>(
              arithmetic,
              Network.of(arithmetic, map, "drift", architecture.drift().hidden().size()),
              d,
              embedded);
      case ONSAGER -> new OnsagerDrift<>(arithmetic, map, architecture.drift(), d, embedded);
      case LINEAR ->
          new PlainDrift<>(arithmetic, Network.linear(arithmetic, map, "drift/linear"), d, false);
    };
  }

  @Override
  public void order(int[] permutation) {
    order = permutation;
  }

  /**
   * With a column of noise, what the gradient receives are the estimating equations of {@link
   * TransitionLoss}.
   */
  @Override
  public double gradient(A parameters, int from, int to, A gradient) {
    pack(parameters);
    double sum = 0;
    for (int at = from; at < to; at += BlockArithmetic.SAMPLES) {
      int count = Math.min(to - at, BlockArithmetic.SAMPLES);
      int n = Widths.padded(count);
      sum += forward(training, order, at, count, n);
      arithmetic.fill(weight, 0, n, 0);
      arithmetic.fill(weight, 0, count, 1.0 / (to - from));
      backward(n);
    }
    unpack(gradient);
    return sum / (to - from);
  }

  @Override
  public double validation(A parameters) {
    pack(parameters);
    double sum = 0;
    for (int at = 0; at < held.length; at += BlockArithmetic.SAMPLES) {
      int count = Math.min(held.length - at, BlockArithmetic.SAMPLES);
      sum += forward(validation, held, at, count, Widths.padded(count));
    }
    return sum / held.length;
  }

  /** Operations of the dense layers for one sample, forward and backward; two per multiply-add. */
  public long operations() {
    long forward = drift.size() + diffusion.size();
    long skipped = embedding == null ? drift.first() + diffusion.first() : embedding.first();
    return 2 * (3 * (forward + (embedding == null ? 0 : embedding.size())) - skipped);
  }

  private void pack(A parameters) {
    if (embedding != null) {
      embedding.pack(parameters);
    }
    drift.pack(parameters);
    diffusion.pack(parameters);
  }

  private void unpack(A gradient) {
    if (embedding != null) {
      embedding.unpack(gradient);
    }
    drift.unpack(gradient);
    diffusion.unpack(gradient);
  }

  /**
   * Places beyond the last sample repeat it: they are computed, but neither summed nor weighted.
   */
  private double forward(Samples samples, int[] chosen, int at, int count, int n) {
    for (int t = 0; t < n; t++) {
      rows[t] = chosen[at + Math.min(t, count - 1)];
    }
    arithmetic.gather(samples.rows(), samples.width(), rows, n, block.pair());
    arithmetic.toRows(n, block.input(), d, block.state(), 0);
    arithmetic.toRows(n, increment, d, loss.increment(), 0);
    if (noise.column()) {
      arithmetic.toRows(n, fluctuation, d, loss.noise(), 0);
    }
    arithmetic.toRows(n, duration, 1, loss.duration(), 0);
    if (embedding != null) {
      embedding.forward(n, block.pair(), embedded);
    }
    drift.forward(n, block);
    diffusion.forward(n, block);
    return loss.forward(n, count, block);
  }

  private void backward(int n) {
    arithmetic.fill(block.inputBar().data(), 0, block.inputBar().span(n), 0);
    loss.backward(n, weight, block);
    drift.backward(n, block);
    diffusion.backward(n, block);
    if (embedding != null) {
      embedding.backward(n, block.pair(), embeddedBar, null);
    }
  }

  /** A drift that is the output of a network (ME-44, LC-05). */
  static final class PlainDrift<A> implements ModelPart<A> {
    private final BlockArithmetic<A> arithmetic;
    private final int d;
    private final boolean embedded;
    private final Network<A> network;
    private final Block<A> output;
    private final Block<A> outputBar;

    PlainDrift(BlockArithmetic<A> arithmetic, Network<A> network, int d, boolean embedded) {
      this.arithmetic = arithmetic;
      this.d = d;
      this.embedded = embedded;
      this.network = network;
      this.output = Widths.block(arithmetic, d);
      this.outputBar = Widths.block(arithmetic, d);
    }

    @Override
    public void pack(A flat) {
      network.pack(flat);
    }

    @Override
    public void unpack(A gradient) {
      network.unpack(gradient);
    }

    @Override
    public void forward(int n, BlockState<A> block) {
      network.forward(n, block.input(), output);
      arithmetic.toRows(n, output, d, block.drift(), 0);
    }

    @Override
    public void backward(int n, BlockState<A> block) {
      arithmetic.toBlock(n, block.driftBar(), 0, d, outputBar);
      network.backward(n, block.input(), outputBar, embedded ? block.inputBar() : null);
    }

    @Override
    public long size() {
      return network.size();
    }

    @Override
    public long first() {
      return network.first();
    }
  }

  /** The diffusion matrix in its four modes (ME-46, DI-37), and its backward pass. */
  static final class Diffusion<A> implements ModelPart<A> {
    private final BlockArithmetic<A> arithmetic;
    private final DiffusionSpec spec;
    private final SigmaPattern pattern;
    private final boolean embedded;
    private final Network<A> network;
    private final Block<A> output;
    private final Block<A> outputBar;
    private final List<Block<A>> outputBarRow = new ArrayList<>();
    private final A raw;
    private final A slope;

    Diffusion(
        BlockArithmetic<A> arithmetic,
        ParameterMap map,
        DiffusionSpec spec,
        SigmaPattern pattern,
        boolean embedded) {
      int outputs = spec.outputs(pattern.dimension());
      boolean learned = spec.mode().network();
      this.arithmetic = arithmetic;
      this.spec = spec;
      this.pattern = pattern;
      this.embedded = embedded && learned;
      this.network =
          learned
              ? Network.of(arithmetic, map, "diffusion", spec.hidden().size())
              : Network.constant(arithmetic, map, "diffusion/value");
      this.output = Widths.block(arithmetic, outputs);
      this.outputBar = Widths.block(arithmetic, outputs);
      for (int i = 0; i < pattern.dimension(); i++) {
        outputBarRow.add(outputBar.from(source(i, pattern.first(i))));
      }
      this.raw = Widths.rows(arithmetic, outputs);
      this.slope = Widths.rows(arithmetic, pattern.dimension());
    }

    @Override
    public void pack(A flat) {
      network.pack(flat);
    }

    @Override
    public void unpack(A gradient) {
      network.unpack(gradient);
    }

    @Override
    public void forward(int n, BlockState<A> block) {
      network.forward(n, block.input(), output);
      arithmetic.toRows(n, output, spec.outputs(pattern.dimension()), raw, 0);
      for (int i = 0; i < pattern.dimension(); i++) {
        for (int j = pattern.first(i); j <= pattern.last(i); j++) {
          int from = Widths.row(source(i, j));
          if (spec.lower() && i == j) {
            arithmetic.softplus(n, raw, from, slope, Widths.row(i));
          }
          arithmetic.affine(n, spec.scale(), 0, raw, from, block.sigma(), pattern.row(i, j));
        }
      }
    }

    @Override
    public void backward(int n, BlockState<A> block) {
      for (int i = 0; i < pattern.dimension(); i++) {
        for (int j = pattern.first(i); j <= pattern.last(i); j++) {
          int to = Widths.row(source(i, j));
          arithmetic.affine(n, spec.scale(), 0, block.sigmaBar(), pattern.row(i, j), raw, to);
          if (spec.lower() && i == j) {
            arithmetic.multiply(n, raw, to, slope, Widths.row(i), raw, to);
          }
        }
        int first = pattern.first(i);
        int columns = pattern.last(i) - first + 1;
        arithmetic.toBlock(n, raw, Widths.row(source(i, first)), columns, outputBarRow.get(i));
      }
      network.backward(n, block.input(), outputBar, embedded ? block.inputBar() : null);
    }

    /** The network's output that entry (i,j) comes from. */
    private int source(int i, int j) {
      return spec.mode().full() ? i * pattern.dimension() + j : i;
    }

    @Override
    public long size() {
      return network.size();
    }

    @Override
    public long first() {
      return network.first();
    }
  }
}
