package org.latticelift.learn.train.gradient;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.DiffusionSpec;

/** The diffusion matrix in its four modes (ME-46, DI-37), and its backward pass. */
final class Diffusion<A> implements ModelPart<A> {
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
