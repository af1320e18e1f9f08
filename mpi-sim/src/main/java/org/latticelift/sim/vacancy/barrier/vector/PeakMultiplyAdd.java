package org.latticelift.sim.vacancy.barrier.vector;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How many multiply-adds per second of its processor time the preferred vectors of this thread can
 * do at all.
 */
final class PeakMultiplyAdd {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CHAINS = 12;
  private static final int ROUNDS = 100_000;

  private PeakMultiplyAdd() {}

  static double measure(double seconds) {
    float[] values = new float[CHAINS * F.length()];
    double best = 0;
    long end = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
    while (THREADS.getCurrentThreadCpuTime() < end) {
      long start = THREADS.getCurrentThreadCpuTime();
      run(values);
      double operations = 2.0 * CHAINS * F.length() * ROUNDS;
      best = Math.max(best, operations / (THREADS.getCurrentThreadCpuTime() - start) * 1e9);
    }
    return best;
  }

  private static void run(float[] values) {
    FloatVector factor = FloatVector.broadcast(F, 0.5f);
    FloatVector v0 = FloatVector.fromArray(F, values, 0 * F.length());
    FloatVector v1 = FloatVector.fromArray(F, values, 1 * F.length());
    FloatVector v2 = FloatVector.fromArray(F, values, 2 * F.length());
    FloatVector v3 = FloatVector.fromArray(F, values, 3 * F.length());
    FloatVector v4 = FloatVector.fromArray(F, values, 4 * F.length());
    FloatVector v5 = FloatVector.fromArray(F, values, 5 * F.length());
    FloatVector v6 = FloatVector.fromArray(F, values, 6 * F.length());
    FloatVector v7 = FloatVector.fromArray(F, values, 7 * F.length());
    FloatVector v8 = FloatVector.fromArray(F, values, 8 * F.length());
    FloatVector v9 = FloatVector.fromArray(F, values, 9 * F.length());
    FloatVector v10 = FloatVector.fromArray(F, values, 10 * F.length());
    FloatVector v11 = FloatVector.fromArray(F, values, 11 * F.length());
    for (int i = 0; i < ROUNDS; i++) {
      v0 = factor.fma(v0, factor);
      v1 = factor.fma(v1, factor);
      v2 = factor.fma(v2, factor);
      v3 = factor.fma(v3, factor);
      v4 = factor.fma(v4, factor);
      v5 = factor.fma(v5, factor);
      v6 = factor.fma(v6, factor);
      v7 = factor.fma(v7, factor);
      v8 = factor.fma(v8, factor);
      v9 = factor.fma(v9, factor);
      v10 = factor.fma(v10, factor);
      v11 = factor.fma(v11, factor);
    }
    v0.intoArray(values, 0 * F.length());
    v1.intoArray(values, 1 * F.length());
    v2.intoArray(values, 2 * F.length());
    v3.intoArray(values, 3 * F.length());
    v4.intoArray(values, 4 * F.length());
    v5.intoArray(values, 5 * F.length());
    v6.intoArray(values, 6 * F.length());
    v7.intoArray(values, 7 * F.length());
    v8.intoArray(values, 8 * F.length());
    v9.intoArray(values, 9 * F.length());
    v10.intoArray(values, 10 * F.length());
    v11.intoArray(values, 11 * F.length());
  }
}
