package org.latticelift.learn.train.gradient.vector;

import java.util.Arrays;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.learn.train.gradient.BlockArithmetic.Block;

/** Block arithmetic with vectors; moves of values that no vector helps with are plain loops. */
final class VectorArithmetic implements BlockArithmetic<float[]> {
  private static final int TILE = 8;

  private final String name;
  private final BlockProducts products;
  private final BlockRows rows;

  VectorArithmetic(String name, BlockProducts products, BlockRows rows) {
    this.name = name;
    this.products = products;
    this.rows = rows;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public float[] allocate(int length) {
    return new float[length];
  }

  @Override
  public double get(float[] values, int at) {
    return values[at];
  }

  @Override
  public void fill(float[] values, int at, int count, double value) {
    Arrays.fill(values, at, at + count, (float) value);
  }

  @Override
  public void copy(float[] from, int at, int step, float[] to, int toAt, int toStep, int count) {
    if (step == 1 && toStep == 1) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[toAt + i * toStep] = from[at + i * step];
    }
  }

  @Override
  public void add(int count, float[] from, int at, float[] to, int toAt) {
    int whole = count / LANES * LANES;
    rows.add(whole, from, at, to, toAt);
    for (int i = whole; i < count; i++) {
      to[toAt + i] += from[at + i];
    }
  }

  @Override
  public void gather(float[] source, int columns, int[] order, int n, Block<float[]> y) {
    rows.gather(source, columns, order, n, y.data(), y.offset(), y.stride());
  }

  @Override
  public void product(
      int n, Block<float[]> x, int inputs, float[] w, int width, float[] bias, Block<float[]> y) {
    products.product(
        n,
        x.data(),
        x.offset(),
        x.stride(),
        inputs,
        w,
        width,
        bias,
        0,
        0,
        y.data(),
        y.offset(),
        y.stride());
  }

  @Override
  public void addProduct(
      int n, Block<float[]> x, int inputs, float[] w, int width, Block<float[]> y) {
    products.product(
        n,
        x.data(),
        x.offset(),
        x.stride(),
        inputs,
        w,
        width,
        y.data(),
        y.offset(),
        y.stride(),
        y.data(),
        y.offset(),
        y.stride());
  }

  @Override
  public void addOuter(
      int n, Block<float[]> left, int m, Block<float[]> right, int width, float[] sum) {
    products.outer(
        n,
        left.data(),
        left.offset(),
        left.stride(),
        (m + TILE - 1) / TILE * TILE,
        right.data(),
        right.offset(),
        right.stride(),
        width,
        sum);
  }

  @Override
  public void addColumnSums(int n, Block<float[]> x, int width, float[] sum) {
    products.columnSums(n, x.data(), x.offset(), x.stride(), width, sum);
  }

  @Override
  public void relu(int count, float[] x) {
    rows.relu(count, x);
  }

  @Override
  public void reluBack(int count, float[] y, float[] gradient) {
    rows.reluBack(count, y, gradient);
  }

  @Override
  public void gate(int count, float[] u, float[] h, float[] y) {
    rows.gate(count, u, h, y);
  }

  @Override
  public void gated(int count, float[] gate, float[] g, float[] v) {
    rows.gated(count, gate, g, v);
  }

  @Override
  public void gatedBack(
      int count, float[] gate, float[] g, float[] vBar, float[] gBar, float[] uBar) {
    rows.gatedBack(count, gate, g, vBar, gBar, uBar);
  }

  @Override
  public void toRows(int n, Block<float[]> x, int columns, float[] to, int at) {
    float[] data = x.data();
    for (int t = 0; t < n; t++) {
      int from = x.offset() + t * x.stride();
      int row = at + t;
      for (int c = 0; c < columns; c++) {
        to[row + c * SAMPLES] = data[from + c];
      }
    }
  }

  @Override
  public void toBlock(int n, float[] from, int at, int columns, Block<float[]> y) {
    float[] data = y.data();
    int stride = y.stride();
    for (int t = 0; t < n; t++) {
      int to = y.offset() + t * stride;
      for (int c = 0; c < columns; c++) {
        data[to + c] = from[at + c * SAMPLES + t];
      }
    }
  }

  @Override
  public void multiply(int n, float[] a, int atA, float[] b, int atB, float[] y, int atY) {
    rows.multiply(n, a, atA, b, atB, y, atY);
  }

  @Override
  public void affine(int n, double factor, double shift, float[] a, int atA, float[] y, int atY) {
    rows.affine(n, (float) factor, (float) shift, a, atA, y, atY);
  }

  @Override
  public void addDot(
      int n,
      int terms,
      float[] a,
      int atA,
      int stepA,
      float[] b,
      int atB,
      int stepB,
      float[] y,
      int atY) {
    rows.addDot(n, terms, a, atA, stepA, b, atB, stepB, y, atY);
  }

  @Override
  public void subtractDot(
      int n,
      int terms,
      float[] a,
      int atA,
      int stepA,
      float[] b,
      int atB,
      int stepB,
      float[] y,
      int atY) {
    rows.subtractDot(n, terms, a, atA, stepA, b, atB, stepB, y, atY);
  }

  @Override
  public void invert(int n, float[] a, int atA, float[] y, int atY) {
    rows.invert(n, a, atA, y, atY);
  }

  @Override
  public void softplus(int n, float[] a, int atA, float[] slope, int atSlope) {
    rows.softplus(n, a, atA, slope, atSlope);
  }
}
