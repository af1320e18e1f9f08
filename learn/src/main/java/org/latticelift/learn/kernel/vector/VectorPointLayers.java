package org.latticelift.learn.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.learn.kernel.PointLayers;

/** With the Vector API: four outputs of two vectors of points stay in registers. */
public final class VectorPointLayers implements PointLayers {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int VECTOR = SPECIES.length();
  private static final int ROWS = 4;

  @Override
  public void add(int outputs, int inputs, double[] weights, double[] x, double[] y) {
    int whole = outputs - outputs % ROWS;
    for (int l = 0; l < LANES; l += 2 * VECTOR) {
      for (int o = 0; o < whole; o += ROWS) {
        four(o, l, outputs, inputs, weights, x, y);
      }
    }
    for (int o = whole; o < outputs; o++) {
      for (int l = 0; l < LANES; l += VECTOR) {
        DoubleVector sum = DoubleVector.fromArray(SPECIES, y, o * LANES + l);
        for (int k = 0; k < inputs; k++) {
          DoubleVector from = DoubleVector.fromArray(SPECIES, x, k * LANES + l);
          sum = from.fma(DoubleVector.broadcast(SPECIES, weights[k * outputs + o]), sum);
        }
        sum.intoArray(y, o * LANES + l);
      }
    }
  }

  private static void four(
      int o, int l, int outputs, int inputs, double[] weights, double[] x, double[] y) {
    int at = o * LANES + l;
    DoubleVector a0 = DoubleVector.fromArray(SPECIES, y, at);
    DoubleVector a1 = DoubleVector.fromArray(SPECIES, y, at + VECTOR);
    DoubleVector b0 = DoubleVector.fromArray(SPECIES, y, at + LANES);
    DoubleVector b1 = DoubleVector.fromArray(SPECIES, y, at + LANES + VECTOR);
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, y, at + 2 * LANES);
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, y, at + 2 * LANES + VECTOR);
    DoubleVector d0 = DoubleVector.fromArray(SPECIES, y, at + 3 * LANES);
    DoubleVector d1 = DoubleVector.fromArray(SPECIES, y, at + 3 * LANES + VECTOR);
    for (int k = 0; k < inputs; k++) {
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, k * LANES + l);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, k * LANES + l + VECTOR);
      int w = k * outputs + o;
      DoubleVector weight = DoubleVector.broadcast(SPECIES, weights[w]);
      a0 = x0.fma(weight, a0);
      a1 = x1.fma(weight, a1);
      weight = DoubleVector.broadcast(SPECIES, weights[w + 1]);
      b0 = x0.fma(weight, b0);
      b1 = x1.fma(weight, b1);
      weight = DoubleVector.broadcast(SPECIES, weights[w + 2]);
      c0 = x0.fma(weight, c0);
      c1 = x1.fma(weight, c1);
      weight = DoubleVector.broadcast(SPECIES, weights[w + 3]);
      d0 = x0.fma(weight, d0);
      d1 = x1.fma(weight, d1);
    }
    a0.intoArray(y, at);
    a1.intoArray(y, at + VECTOR);
    b0.intoArray(y, at + LANES);
    b1.intoArray(y, at + LANES + VECTOR);
    c0.intoArray(y, at + 2 * LANES);
    c1.intoArray(y, at + 2 * LANES + VECTOR);
    d0.intoArray(y, at + 3 * LANES);
    d1.intoArray(y, at + 3 * LANES + VECTOR);
  }
}
