package org.latticelift.learn.sde.vector;

import org.latticelift.learn.sde.OnsagerTerms;
import org.latticelift.learn.sde.StepTerms;
import org.latticelift.learn.sde.TileArithmetic;
import org.latticelift.learn.sde.TileWeights;

/** Rows to floats, and the choice between the two widths. */
final class VectorTile implements TileArithmetic {
  private final int lanes;
  private final boolean wide;
  private final ProductLoops products;
  private final RowLoops loops;
  private final NormalLoops normals;

  VectorTile(int lanes, ProductLoops products, RowLoops loops, NormalLoops normals) {
    this.lanes = lanes;
    this.wide = lanes > products.vector();
    this.products = products;
    this.loops = loops;
    this.normals = normals;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void product(TileWeights weights, float[] memory, int x, int y, boolean add) {
    if (wide) {
      products.wide(weights, memory, x * lanes, y * lanes, add);
    } else {
      products.narrow(weights, memory, x * lanes, y * lanes, add);
    }
  }

  @Override
  public void onsager(float[] memory, int u, int h, int rows, boolean add) {
    loops.onsager(memory, u * lanes, h * lanes, rows * lanes, add);
  }

  @Override
  public void multiply(float[] memory, int gate, int x, int y, int rows) {
    loops.multiply(memory, gate * lanes, x * lanes, y * lanes, rows * lanes);
  }

  @Override
  public void addScaled(float[] memory, float factor, int x, int y, int rows) {
    loops.addScaled(memory, factor, x * lanes, y * lanes, rows * lanes);
  }

  @Override
  public void softplus(float[] memory, int row, float scale) {
    loops.softplus(memory, row * lanes, lanes, scale);
  }

  @Override
  public void contract(float[] memory, OnsagerTerms terms) {
    loops.contract(memory, terms, lanes);
  }

  @Override
  public void step(float[] memory, StepTerms terms, float h) {
    loops.step(memory, terms, h, lanes);
  }

  @Override
  public void normals(int[] state, float[] memory, int row, int pairs, float deviation) {
    normals.fill(state, memory, row * lanes, lanes, pairs, deviation);
  }
}
