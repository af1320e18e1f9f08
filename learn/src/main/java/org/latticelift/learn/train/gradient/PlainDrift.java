package org.latticelift.learn.train.gradient;

/** A drift that is the output of a network (ME-44, LC-05). */
final class PlainDrift<A> implements ModelPart<A> {
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
