package org.latticelift.learn.train.gradient.vector;

/** Element-wise loops for one vector shape; lengths are multiples of the vector length. */
interface BlockRows {
  void gather(float[] source, int columns, int[] order, int n, float[] y, int atY, int strideY);

  void add(int n, float[] a, int atA, float[] y, int atY);

  void relu(int n, float[] x);

  void reluBack(int n, float[] y, float[] gradient);

  void gate(int n, float[] u, float[] h, float[] y);

  void gated(int n, float[] gate, float[] g, float[] v);

  void gatedBack(int n, float[] gate, float[] g, float[] vBar, float[] gBar, float[] uBar);

  void multiply(int n, float[] a, int atA, float[] b, int atB, float[] y, int atY);

  void affine(int n, float factor, float shift, float[] a, int atA, float[] y, int atY);

  void addDot(
      int n,
      int terms,
      float[] a,
      int atA,
      int stepA,
      float[] b,
      int atB,
      int stepB,
      float[] y,
      int atY);

  void subtractDot(
      int n,
      int terms,
      float[] a,
      int atA,
      int stepA,
      float[] b,
      int atB,
      int stepB,
      float[] y,
      int atY);

  void invert(int n, float[] a, int atA, float[] y, int atY);

  void softplus(int n, float[] a, int atA, float[] slope, int atSlope);
}
