package org.latticelift.sde;

/** The Onsager drift (ME-50 to ME-58) for a block of trajectories. */
final class BatchedOnsager implements BatchedPart {
  private final int d;
  private final float beta;
  private final float dissipation;
  private final Dense[] hidden;
  private final Dense[] hiddenTransposed;
  private final Dense potential;
  private final Dense potentialTransposed;
  private final Dense linear;
  private final Dense linearTransposed;
  private final Dense matrix;
  private final Dense force;
  private final float[][][] gate;
  private final float[][] h;
  private final float[][] work;
  private final float[][] back;
  private final float[][] p;
  private final float[][] gradient;
  private final float[][] a;
  private final float[] u;
  private final float[] potentialBias;

  BatchedOnsager(KernelParameters source, DriftSpec spec, int d, int block) {
    int layers = spec.hidden().size();
    int width = spec.hidden().get(0);
    this.d = d;
    this.beta = (float) spec.potBeta();
    this.dissipation = (float) spec.dissipation();
    this.hidden = new Dense[layers];
    this.hiddenTransposed = new Dense[layers];
    for (int l = 0; l < layers; l++) {
      hidden[l] = l == 0 ? source.first("drift") : source.dense("drift/hidden" + l);
      hiddenTransposed[l] = hidden[l].transposed();
    }
    this.potential = source.dense("drift/potential");
    this.potentialBias = source.get("drift/potential/b");
    this.potentialTransposed = potential.transposed();
    this.linear = source.dense("drift/potential_linear");
    this.linearTransposed = linear.transposed();
    this.matrix = source.dense("drift/matrix");
    this.force = spec.forcing() ? source.dense("drift/force") : null;
    this.gate = new float[layers][width][block];
    this.h = new float[width][block];
    this.work = new float[width][block];
    this.back = new float[width][block];
    this.p = new float[d][block];
    this.gradient = new float[d][block];
    this.a = new float[d * d][block];
    this.u = new float[block];
  }

  @Override
  public void evaluate(int n, float[][] z, float[][] out) {
    forward(n, z);
    gradient(n, z);
    matrix.apply(n, h, a);
    if (force == null) {
      for (float[] row : out) {
        Rows.clear(n, row);
      }
    } else {
      force.apply(n, h, out);
    }
    dissipate(n, out);
    conserve(n, out);
  }

  private void forward(int n, float[][] z) {
    hidden[0].apply(n, z, h);
    Rows.onsager(n, h, gate[0]);
    for (int l = 1; l < hidden.length; l++) {
      hidden[l].apply(n, h, work);
      Rows.onsager(n, work, gate[l]);
      Rows.addAll(n, work, h);
    }
    linear.apply(n, z, p);
    potential.add(n, h, p);
    for (int i = 0; i < d; i++) {
      Rows.shift(n, potentialBias[i], p[i]);
    }
  }

  private void gradient(int n, float[][] z) {
    potentialTransposed.apply(n, p, back);
    for (int l = hidden.length - 1; l > 0; l--) {
      Rows.gated(n, gate[l], back, work);
      hiddenTransposed[l].add(n, work, back);
    }
    Rows.gated(n, gate[0], back, work);
    hiddenTransposed[0].apply(n, work, gradient);
    linearTransposed.add(n, p, gradient);
    for (int i = 0; i < d; i++) {
      Rows.axpy(n, beta, z[i], gradient[i]);
      Rows.scale(n, 2, gradient[i]);
    }
  }

  /** out -= (L L^T + c_d I) grad V with L the lower triangle of A. */
  private void dissipate(int n, float[][] out) {
    for (int j = 0; j < d; j++) {
      Rows.clear(n, u);
      for (int i = j; i < d; i++) {
        Rows.addProduct(n, a[i * d + j], gradient[i], u);
      }
      for (int i = j; i < d; i++) {
        Rows.subtractProduct(n, a[i * d + j], u, out[i]);
      }
      Rows.axpy(n, -dissipation, gradient[j], out[j]);
    }
  }

  /** out -= (U - U^T) grad V with U the strict upper triangle of A. */
  private void conserve(int n, float[][] out) {
    for (int i = 0; i < d; i++) {
      for (int j = i + 1; j < d; j++) {
        Rows.subtractProduct(n, a[i * d + j], gradient[j], out[i]);
        Rows.addProduct(n, a[i * d + j], gradient[i], out[j]);
      }
    }
  }
}
