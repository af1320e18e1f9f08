package org.latticelift.learn.train.gradient.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.learn.train.gradient.Block;
import org.latticelift.sim.kernel.vector.VectorShape;

/**
 * Products in register tiles; {@link VectorShape} defines this class once per shape.
 *
 * <p>A tile is eight results by two vectors where there are 32 registers (shapes of 512 bits), four
 * by two where there are 16. Per term it costs one load per vector, one broadcast per result, and a
 * fused multiply-add for each pair. The loops are written out because only vectors in local
 * variables stay in registers.
 */
final class VectorProducts implements BlockProducts {
  private static final VectorSpecies<Float> F = VectorShape.ofClass(MethodHandles.lookup());

  /**
   * Sums are cast to it before they are stored: their class is otherwise known from profiles only.
   */
  private static final Class<? extends FloatVector> CLASS = FloatVector.zero(F).getClass();

  private static final int V = F.length();
  private static final int PANEL = 2 * V;
  private static final int TILE = 8;
  private static final int HALF = TILE / 2;
  private static final boolean WIDE = V >= 16;

  @Override
  public void product(
      int n,
      Block<float[]> ofX,
      int inputs,
      float[] w,
      int width,
      Block<float[]> ofStart,
      Block<float[]> ofY) {
    float[] x = ofX.data();
    int strideX = ofX.stride();
    float[] start = ofStart.data();
    int strideStart = ofStart.stride();
    float[] y = ofY.data();
    int strideY = ofY.stride();
    int step = WIDE ? TILE : HALF;
    int q = 0;
    if (WIDE) {
      for (; q + 2 * PANEL <= width; q += 2 * PANEL) {
        for (int t = 0; t < n; t += 4) {
          int from = ofX.offset() + t * strideX;
          int begin = ofStart.offset() + t * strideStart + q;
          int to = ofY.offset() + t * strideY + q;
          fourByFour(
              x, from, strideX, inputs, w, q, width, start, begin, strideStart, y, to, strideY);
        }
      }
    }
    for (int p = q; p < width; p += PANEL) {
      boolean two = p + PANEL <= width;
      for (int t = 0; t < n; t += step) {
        int from = ofX.offset() + t * strideX;
        int begin = ofStart.offset() + t * strideStart + p;
        int to = ofY.offset() + t * strideY + p;
        if (!two) {
          eightByOne(
              x, from, strideX, inputs, w, p, width, start, begin, strideStart, y, to, strideY);
        } else if (WIDE) {
          eightByTwo(
              x, from, strideX, inputs, w, p, width, start, begin, strideStart, y, to, strideY);
        } else {
          fourByTwo(
              x, from, strideX, inputs, w, p, width, start, begin, strideStart, y, to, strideY);
        }
      }
    }
  }

  @Override
  public void outer(
      int n, Block<float[]> ofLeft, int m, Block<float[]> ofRight, int width, float[] sum) {
    float[] left = ofLeft.data();
    int strideLeft = ofLeft.stride();
    float[] right = ofRight.data();
    int strideRight = ofRight.stride();
    int step = WIDE ? TILE : HALF;
    for (int p = 0; p < width; p += PANEL) {
      boolean two = p + PANEL <= width;
      int from = ofRight.offset() + p;
      for (int r = 0; r < m; r += step) {
        int at = ofLeft.offset() + r;
        int to = r * width + p;
        if (!two) {
          outerEightByOne(left, at, strideLeft, n, right, from, strideRight, sum, to, width);
        } else if (WIDE) {
          outerEightByTwo(left, at, strideLeft, n, right, from, strideRight, sum, to, width);
        } else {
          outerFourByTwo(left, at, strideLeft, n, right, from, strideRight, sum, to, width);
        }
      }
    }
  }

  /** Each column is one chain of additions, so several columns of vectors go side by side. */
  @Override
  public void columnSums(int n, Block<float[]> ofX, int width, float[] sum) {
    float[] x = ofX.data();
    int atX = ofX.offset();
    int strideX = ofX.stride();
    int p = 0;
    for (; p + 2 * PANEL <= width; p += 2 * PANEL) {
      sumsOfFour(n, x, atX + p, strideX, sum, p);
    }
    for (; p < width; p += V) {
      FloatVector a = load(sum, p);
      for (int t = 0, i = atX + p; t < n; t++, i += strideX) {
        a = a.add(load(x, i));
      }
      CLASS.cast(a).intoArray(sum, p);
    }
  }

  private static void sumsOfFour(int n, float[] x, int atX, int strideX, float[] sum, int p) {
    FloatVector a0 = load(sum, p);
    FloatVector a1 = load(sum, p + V);
    FloatVector a2 = load(sum, p + 2 * V);
    FloatVector a3 = load(sum, p + 3 * V);
    for (int t = 0, i = atX; t < n; t++, i += strideX) {
      a0 = a0.add(load(x, i));
      a1 = a1.add(load(x, i + V));
      a2 = a2.add(load(x, i + 2 * V));
      a3 = a3.add(load(x, i + 3 * V));
    }
    CLASS.cast(a0).intoArray(sum, p);
    CLASS.cast(a1).intoArray(sum, p + V);
    CLASS.cast(a2).intoArray(sum, p + 2 * V);
    CLASS.cast(a3).intoArray(sum, p + 3 * V);
  }

  private static FloatVector load(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  // Tiles, written by TileSources in the tests of learn/bench: change them there.

  private static void eightByTwo(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] start,
      int atStart,
      int strideStart,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(start, atStart);
    FloatVector a1 = load(start, atStart + V);
    FloatVector b0 = load(start, atStart + 1 * strideStart);
    FloatVector b1 = load(start, atStart + 1 * strideStart + V);
    FloatVector c0 = load(start, atStart + 2 * strideStart);
    FloatVector c1 = load(start, atStart + 2 * strideStart + V);
    FloatVector d0 = load(start, atStart + 3 * strideStart);
    FloatVector d1 = load(start, atStart + 3 * strideStart + V);
    FloatVector e0 = load(start, atStart + 4 * strideStart);
    FloatVector e1 = load(start, atStart + 4 * strideStart + V);
    FloatVector f0 = load(start, atStart + 5 * strideStart);
    FloatVector f1 = load(start, atStart + 5 * strideStart + V);
    FloatVector g0 = load(start, atStart + 6 * strideStart);
    FloatVector g1 = load(start, atStart + 6 * strideStart + V);
    FloatVector h0 = load(start, atStart + 7 * strideStart);
    FloatVector h1 = load(start, atStart + 7 * strideStart + V);
    for (int k = 0, j = atW; k < terms; k++, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector w1 = load(w, j + V);
      FloatVector x0 = FloatVector.broadcast(F, x[atX + k]);
      a0 = x0.fma(w0, a0);
      a1 = x0.fma(w1, a1);
      FloatVector x1 = FloatVector.broadcast(F, x[atX + 1 * strideX + k]);
      b0 = x1.fma(w0, b0);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(F, x[atX + 2 * strideX + k]);
      c0 = x2.fma(w0, c0);
      c1 = x2.fma(w1, c1);
      FloatVector x3 = FloatVector.broadcast(F, x[atX + 3 * strideX + k]);
      d0 = x3.fma(w0, d0);
      d1 = x3.fma(w1, d1);
      FloatVector x4 = FloatVector.broadcast(F, x[atX + 4 * strideX + k]);
      e0 = x4.fma(w0, e0);
      e1 = x4.fma(w1, e1);
      FloatVector x5 = FloatVector.broadcast(F, x[atX + 5 * strideX + k]);
      f0 = x5.fma(w0, f0);
      f1 = x5.fma(w1, f1);
      FloatVector x6 = FloatVector.broadcast(F, x[atX + 6 * strideX + k]);
      g0 = x6.fma(w0, g0);
      g1 = x6.fma(w1, g1);
      FloatVector x7 = FloatVector.broadcast(F, x[atX + 7 * strideX + k]);
      h0 = x7.fma(w0, h0);
      h1 = x7.fma(w1, h1);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(a1).intoArray(y, atY + V);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(b1).intoArray(y, atY + 1 * strideY + V);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(c1).intoArray(y, atY + 2 * strideY + V);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(d1).intoArray(y, atY + 3 * strideY + V);
    CLASS.cast(e0).intoArray(y, atY + 4 * strideY);
    CLASS.cast(e1).intoArray(y, atY + 4 * strideY + V);
    CLASS.cast(f0).intoArray(y, atY + 5 * strideY);
    CLASS.cast(f1).intoArray(y, atY + 5 * strideY + V);
    CLASS.cast(g0).intoArray(y, atY + 6 * strideY);
    CLASS.cast(g1).intoArray(y, atY + 6 * strideY + V);
    CLASS.cast(h0).intoArray(y, atY + 7 * strideY);
    CLASS.cast(h1).intoArray(y, atY + 7 * strideY + V);
  }

  private static void fourByFour(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] start,
      int atStart,
      int strideStart,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(start, atStart);
    FloatVector a1 = load(start, atStart + V);
    FloatVector a2 = load(start, atStart + 2 * V);
    FloatVector a3 = load(start, atStart + 3 * V);
    FloatVector b0 = load(start, atStart + 1 * strideStart);
    FloatVector b1 = load(start, atStart + 1 * strideStart + V);
    FloatVector b2 = load(start, atStart + 1 * strideStart + 2 * V);
    FloatVector b3 = load(start, atStart + 1 * strideStart + 3 * V);
    FloatVector c0 = load(start, atStart + 2 * strideStart);
    FloatVector c1 = load(start, atStart + 2 * strideStart + V);
    FloatVector c2 = load(start, atStart + 2 * strideStart + 2 * V);
    FloatVector c3 = load(start, atStart + 2 * strideStart + 3 * V);
    FloatVector d0 = load(start, atStart + 3 * strideStart);
    FloatVector d1 = load(start, atStart + 3 * strideStart + V);
    FloatVector d2 = load(start, atStart + 3 * strideStart + 2 * V);
    FloatVector d3 = load(start, atStart + 3 * strideStart + 3 * V);
    for (int k = 0, j = atW; k < terms; k++, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector w1 = load(w, j + V);
      FloatVector w2 = load(w, j + 2 * V);
      FloatVector w3 = load(w, j + 3 * V);
      FloatVector x0 = FloatVector.broadcast(F, x[atX + k]);
      a0 = x0.fma(w0, a0);
      a1 = x0.fma(w1, a1);
      a2 = x0.fma(w2, a2);
      a3 = x0.fma(w3, a3);
      FloatVector x1 = FloatVector.broadcast(F, x[atX + 1 * strideX + k]);
      b0 = x1.fma(w0, b0);
      b1 = x1.fma(w1, b1);
      b2 = x1.fma(w2, b2);
      b3 = x1.fma(w3, b3);
      FloatVector x2 = FloatVector.broadcast(F, x[atX + 2 * strideX + k]);
      c0 = x2.fma(w0, c0);
      c1 = x2.fma(w1, c1);
      c2 = x2.fma(w2, c2);
      c3 = x2.fma(w3, c3);
      FloatVector x3 = FloatVector.broadcast(F, x[atX + 3 * strideX + k]);
      d0 = x3.fma(w0, d0);
      d1 = x3.fma(w1, d1);
      d2 = x3.fma(w2, d2);
      d3 = x3.fma(w3, d3);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(a1).intoArray(y, atY + V);
    CLASS.cast(a2).intoArray(y, atY + 2 * V);
    CLASS.cast(a3).intoArray(y, atY + 3 * V);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(b1).intoArray(y, atY + 1 * strideY + V);
    CLASS.cast(b2).intoArray(y, atY + 1 * strideY + 2 * V);
    CLASS.cast(b3).intoArray(y, atY + 1 * strideY + 3 * V);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(c1).intoArray(y, atY + 2 * strideY + V);
    CLASS.cast(c2).intoArray(y, atY + 2 * strideY + 2 * V);
    CLASS.cast(c3).intoArray(y, atY + 2 * strideY + 3 * V);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(d1).intoArray(y, atY + 3 * strideY + V);
    CLASS.cast(d2).intoArray(y, atY + 3 * strideY + 2 * V);
    CLASS.cast(d3).intoArray(y, atY + 3 * strideY + 3 * V);
  }

  private static void eightByOne(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] start,
      int atStart,
      int strideStart,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(start, atStart);
    FloatVector b0 = load(start, atStart + 1 * strideStart);
    FloatVector c0 = load(start, atStart + 2 * strideStart);
    FloatVector d0 = load(start, atStart + 3 * strideStart);
    FloatVector e0 = load(start, atStart + 4 * strideStart);
    FloatVector f0 = load(start, atStart + 5 * strideStart);
    FloatVector g0 = load(start, atStart + 6 * strideStart);
    FloatVector h0 = load(start, atStart + 7 * strideStart);
    for (int k = 0, j = atW; k < terms; k++, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector x0 = FloatVector.broadcast(F, x[atX + k]);
      a0 = x0.fma(w0, a0);
      FloatVector x1 = FloatVector.broadcast(F, x[atX + 1 * strideX + k]);
      b0 = x1.fma(w0, b0);
      FloatVector x2 = FloatVector.broadcast(F, x[atX + 2 * strideX + k]);
      c0 = x2.fma(w0, c0);
      FloatVector x3 = FloatVector.broadcast(F, x[atX + 3 * strideX + k]);
      d0 = x3.fma(w0, d0);
      FloatVector x4 = FloatVector.broadcast(F, x[atX + 4 * strideX + k]);
      e0 = x4.fma(w0, e0);
      FloatVector x5 = FloatVector.broadcast(F, x[atX + 5 * strideX + k]);
      f0 = x5.fma(w0, f0);
      FloatVector x6 = FloatVector.broadcast(F, x[atX + 6 * strideX + k]);
      g0 = x6.fma(w0, g0);
      FloatVector x7 = FloatVector.broadcast(F, x[atX + 7 * strideX + k]);
      h0 = x7.fma(w0, h0);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(e0).intoArray(y, atY + 4 * strideY);
    CLASS.cast(f0).intoArray(y, atY + 5 * strideY);
    CLASS.cast(g0).intoArray(y, atY + 6 * strideY);
    CLASS.cast(h0).intoArray(y, atY + 7 * strideY);
  }

  private static void fourByTwo(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] start,
      int atStart,
      int strideStart,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(start, atStart);
    FloatVector a1 = load(start, atStart + V);
    FloatVector b0 = load(start, atStart + 1 * strideStart);
    FloatVector b1 = load(start, atStart + 1 * strideStart + V);
    FloatVector c0 = load(start, atStart + 2 * strideStart);
    FloatVector c1 = load(start, atStart + 2 * strideStart + V);
    FloatVector d0 = load(start, atStart + 3 * strideStart);
    FloatVector d1 = load(start, atStart + 3 * strideStart + V);
    for (int k = 0, j = atW; k < terms; k++, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector w1 = load(w, j + V);
      FloatVector x0 = FloatVector.broadcast(F, x[atX + k]);
      a0 = x0.fma(w0, a0);
      a1 = x0.fma(w1, a1);
      FloatVector x1 = FloatVector.broadcast(F, x[atX + 1 * strideX + k]);
      b0 = x1.fma(w0, b0);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(F, x[atX + 2 * strideX + k]);
      c0 = x2.fma(w0, c0);
      c1 = x2.fma(w1, c1);
      FloatVector x3 = FloatVector.broadcast(F, x[atX + 3 * strideX + k]);
      d0 = x3.fma(w0, d0);
      d1 = x3.fma(w1, d1);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(a1).intoArray(y, atY + V);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(b1).intoArray(y, atY + 1 * strideY + V);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(c1).intoArray(y, atY + 2 * strideY + V);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(d1).intoArray(y, atY + 3 * strideY + V);
  }

  private static void outerEightByTwo(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(y, atY);
    FloatVector a1 = load(y, atY + V);
    FloatVector b0 = load(y, atY + 1 * strideY);
    FloatVector b1 = load(y, atY + 1 * strideY + V);
    FloatVector c0 = load(y, atY + 2 * strideY);
    FloatVector c1 = load(y, atY + 2 * strideY + V);
    FloatVector d0 = load(y, atY + 3 * strideY);
    FloatVector d1 = load(y, atY + 3 * strideY + V);
    FloatVector e0 = load(y, atY + 4 * strideY);
    FloatVector e1 = load(y, atY + 4 * strideY + V);
    FloatVector f0 = load(y, atY + 5 * strideY);
    FloatVector f1 = load(y, atY + 5 * strideY + V);
    FloatVector g0 = load(y, atY + 6 * strideY);
    FloatVector g1 = load(y, atY + 6 * strideY + V);
    FloatVector h0 = load(y, atY + 7 * strideY);
    FloatVector h1 = load(y, atY + 7 * strideY + V);
    for (int k = 0, i = atX, j = atW; k < terms; k++, i += strideX, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector w1 = load(w, j + V);
      FloatVector x0 = FloatVector.broadcast(F, x[i]);
      a0 = x0.fma(w0, a0);
      a1 = x0.fma(w1, a1);
      FloatVector x1 = FloatVector.broadcast(F, x[i + 1]);
      b0 = x1.fma(w0, b0);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(F, x[i + 2]);
      c0 = x2.fma(w0, c0);
      c1 = x2.fma(w1, c1);
      FloatVector x3 = FloatVector.broadcast(F, x[i + 3]);
      d0 = x3.fma(w0, d0);
      d1 = x3.fma(w1, d1);
      FloatVector x4 = FloatVector.broadcast(F, x[i + 4]);
      e0 = x4.fma(w0, e0);
      e1 = x4.fma(w1, e1);
      FloatVector x5 = FloatVector.broadcast(F, x[i + 5]);
      f0 = x5.fma(w0, f0);
      f1 = x5.fma(w1, f1);
      FloatVector x6 = FloatVector.broadcast(F, x[i + 6]);
      g0 = x6.fma(w0, g0);
      g1 = x6.fma(w1, g1);
      FloatVector x7 = FloatVector.broadcast(F, x[i + 7]);
      h0 = x7.fma(w0, h0);
      h1 = x7.fma(w1, h1);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(a1).intoArray(y, atY + V);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(b1).intoArray(y, atY + 1 * strideY + V);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(c1).intoArray(y, atY + 2 * strideY + V);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(d1).intoArray(y, atY + 3 * strideY + V);
    CLASS.cast(e0).intoArray(y, atY + 4 * strideY);
    CLASS.cast(e1).intoArray(y, atY + 4 * strideY + V);
    CLASS.cast(f0).intoArray(y, atY + 5 * strideY);
    CLASS.cast(f1).intoArray(y, atY + 5 * strideY + V);
    CLASS.cast(g0).intoArray(y, atY + 6 * strideY);
    CLASS.cast(g1).intoArray(y, atY + 6 * strideY + V);
    CLASS.cast(h0).intoArray(y, atY + 7 * strideY);
    CLASS.cast(h1).intoArray(y, atY + 7 * strideY + V);
  }

  private static void outerEightByOne(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(y, atY);
    FloatVector b0 = load(y, atY + 1 * strideY);
    FloatVector c0 = load(y, atY + 2 * strideY);
    FloatVector d0 = load(y, atY + 3 * strideY);
    FloatVector e0 = load(y, atY + 4 * strideY);
    FloatVector f0 = load(y, atY + 5 * strideY);
    FloatVector g0 = load(y, atY + 6 * strideY);
    FloatVector h0 = load(y, atY + 7 * strideY);
    for (int k = 0, i = atX, j = atW; k < terms; k++, i += strideX, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector x0 = FloatVector.broadcast(F, x[i]);
      a0 = x0.fma(w0, a0);
      FloatVector x1 = FloatVector.broadcast(F, x[i + 1]);
      b0 = x1.fma(w0, b0);
      FloatVector x2 = FloatVector.broadcast(F, x[i + 2]);
      c0 = x2.fma(w0, c0);
      FloatVector x3 = FloatVector.broadcast(F, x[i + 3]);
      d0 = x3.fma(w0, d0);
      FloatVector x4 = FloatVector.broadcast(F, x[i + 4]);
      e0 = x4.fma(w0, e0);
      FloatVector x5 = FloatVector.broadcast(F, x[i + 5]);
      f0 = x5.fma(w0, f0);
      FloatVector x6 = FloatVector.broadcast(F, x[i + 6]);
      g0 = x6.fma(w0, g0);
      FloatVector x7 = FloatVector.broadcast(F, x[i + 7]);
      h0 = x7.fma(w0, h0);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(e0).intoArray(y, atY + 4 * strideY);
    CLASS.cast(f0).intoArray(y, atY + 5 * strideY);
    CLASS.cast(g0).intoArray(y, atY + 6 * strideY);
    CLASS.cast(h0).intoArray(y, atY + 7 * strideY);
  }

  private static void outerFourByTwo(
      float[] x,
      int atX,
      int strideX,
      int terms,
      float[] w,
      int atW,
      int strideW,
      float[] y,
      int atY,
      int strideY) {
    FloatVector a0 = load(y, atY);
    FloatVector a1 = load(y, atY + V);
    FloatVector b0 = load(y, atY + 1 * strideY);
    FloatVector b1 = load(y, atY + 1 * strideY + V);
    FloatVector c0 = load(y, atY + 2 * strideY);
    FloatVector c1 = load(y, atY + 2 * strideY + V);
    FloatVector d0 = load(y, atY + 3 * strideY);
    FloatVector d1 = load(y, atY + 3 * strideY + V);
    for (int k = 0, i = atX, j = atW; k < terms; k++, i += strideX, j += strideW) {
      FloatVector w0 = load(w, j);
      FloatVector w1 = load(w, j + V);
      FloatVector x0 = FloatVector.broadcast(F, x[i]);
      a0 = x0.fma(w0, a0);
      a1 = x0.fma(w1, a1);
      FloatVector x1 = FloatVector.broadcast(F, x[i + 1]);
      b0 = x1.fma(w0, b0);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(F, x[i + 2]);
      c0 = x2.fma(w0, c0);
      c1 = x2.fma(w1, c1);
      FloatVector x3 = FloatVector.broadcast(F, x[i + 3]);
      d0 = x3.fma(w0, d0);
      d1 = x3.fma(w1, d1);
    }
    CLASS.cast(a0).intoArray(y, atY);
    CLASS.cast(a1).intoArray(y, atY + V);
    CLASS.cast(b0).intoArray(y, atY + 1 * strideY);
    CLASS.cast(b1).intoArray(y, atY + 1 * strideY + V);
    CLASS.cast(c0).intoArray(y, atY + 2 * strideY);
    CLASS.cast(c1).intoArray(y, atY + 2 * strideY + V);
    CLASS.cast(d0).intoArray(y, atY + 3 * strideY);
    CLASS.cast(d1).intoArray(y, atY + 3 * strideY + V);
  }

  // End of the tiles.
}
