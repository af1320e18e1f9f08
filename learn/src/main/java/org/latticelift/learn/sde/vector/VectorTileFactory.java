package org.latticelift.learn.sde.vector;

import java.lang.invoke.MethodHandles;
import org.latticelift.learn.sde.TileArithmetic;
import org.latticelift.learn.sde.TileFactory;
import org.latticelift.sim.kernel.vector.VectorShape;

/** Tiles with the Vector API. */
public final class VectorTileFactory implements TileFactory {
  private final int bits;
  private final ProductLoops products;
  private final RowLoops rows;
  private final NormalLoops normals;

  /** The shape this machine prefers. */
  public VectorTileFactory() {
    this(VectorShape.preferred().bits());
  }

  /**
   * A given shape.
   *
   * @param bits 128, 256 or 512; slow where the machine does not have it, but right
   */
  public VectorTileFactory(int bits) {
    VectorShape shape = new VectorShape(bits);
    this.bits = bits;
    this.products = shape.create(MethodHandles.lookup(), ProductLoops.class, VectorProduct.class);
    this.rows = shape.create(MethodHandles.lookup(), RowLoops.class, VectorRows.class);
    this.normals = shape.create(MethodHandles.lookup(), NormalLoops.class, VectorNormals.class);
  }

  @Override
  public String name() {
    return "vector-" + bits;
  }

  @Override
  public TileArithmetic wide() {
    return new VectorTile(ProductLoops.COLUMNS * products.vector(), products, rows, normals);
  }

  @Override
  public TileArithmetic narrow() {
    return new VectorTile(products.vector(), products, rows, normals);
  }
}
