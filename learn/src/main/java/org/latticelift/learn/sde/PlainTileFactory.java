package org.latticelift.learn.sde;

/** Scalar Java. */
final class PlainTileFactory implements TileFactory {
  private static final int WIDE = 48;
  private static final int NARROW = 16;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public TileArithmetic wide() {
    return new PlainTile(WIDE);
  }

  @Override
  public TileArithmetic narrow() {
    return new PlainTile(NARROW);
  }
}
