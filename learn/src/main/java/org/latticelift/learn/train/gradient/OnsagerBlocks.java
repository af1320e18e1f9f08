package org.latticelift.learn.train.gradient;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Intermediate values of {@link OnsagerDrift}, in its notation. h(0) stays zero, so that the first
 * layer needs no case of its own.
 */
record OnsagerBlocks<A>(
    List<Block<A>> gates,
    List<Block<A>> hs,
    List<Block<A>> gs,
    List<Block<A>> vs,
    Block<A> p,
    Block<A> a,
    Block<A> f,
    Block<A> pulled,
    Block<A> pBar,
    Block<A> aBar,
    Block<A> fBar,
    Block<A> pulledBar,
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
        Widths.block(arithmetic, d),
        Widths.block(arithmetic, d * d),
        Widths.block(arithmetic, d),
        Widths.block(arithmetic, inputs),
        Widths.block(arithmetic, d),
        Widths.block(arithmetic, d * d),
        Widths.block(arithmetic, d),
        Widths.block(arithmetic, inputs),
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
