package org.latticelift.learn.kernel;

/** Makes the arithmetic of tiles; faster ones are found through the service loader. */
public interface TileFactory {
  /** A name for provenance and benchmarks; such as {@code vector-512}. */
  String name();

  /** The width at which products are fastest. */
  TileArithmetic wide();

  /** The smallest width, for the remainder of a block. */
  TileArithmetic narrow();
}
