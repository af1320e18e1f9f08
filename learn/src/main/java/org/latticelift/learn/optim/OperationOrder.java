package org.latticelift.learn.optim;

/**
 * Orders of the same operations, which differ in the last bits of a step. Each training keeps its
 * own, so that its results stay the same bit for bit.
 *
 * <p>Each is a single loop over the parameters. Roots and quotients take most of its time; the
 * moments are had meanwhile, where loops of their own would add a third to it.
 */
public enum OperationOrder {
  /** Squares first, quotient before the rate: training of equations. */
  QUOTIENT_FIRST {
    @Override
    void step(float[] parameters, float[] slope, Adam.State moments, Factors by) {
      float[] first = moments.first();
      float[] second = moments.second();
      float[] largest = moments.largest();
      boolean amsgrad = largest.length > 0;
      float divisor = (float) by.root();
      for (int i = 0; i < parameters.length; i++) {
        float g = slope[i];
        float m = by.keep1() * first[i] + by.add1() * g;
        float v = by.keep2() * second[i] + g * g * by.add2();
        first[i] = m;
        second[i] = v;
        if (amsgrad) {
          v = Math.max(largest[i], v);
          largest[i] = v;
        }
        float denominator = (float) Math.sqrt(v) / divisor + EPSILON;
        parameters[i] -= m / denominator * by.rate();
      }
    }
  },

  /** Roots and their correction in double: training of encoders. */
  DOUBLE_ROOT {
    @Override
    void step(float[] parameters, float[] slope, Adam.State moments, Factors by) {
      float[] first = moments.first();
      float[] second = moments.second();
      float[] largest = moments.largest();
      boolean amsgrad = largest.length > 0;
      for (int i = 0; i < parameters.length; i++) {
        float g = slope[i];
        float m = by.keep1() * first[i] + by.add1() * g;
        float v = by.keep2() * second[i] + by.add2() * g * g;
        first[i] = m;
        second[i] = v;
        if (amsgrad) {
          v = Math.max(largest[i], v);
          largest[i] = v;
        }
        float corrected = (float) (Math.sqrt(v) / by.root());
        parameters[i] -= by.rate() * m / (corrected + EPSILON);
      }
    }
  },

  /** Roots times the inverse of their correction: training of barrier networks. */
  INVERSE_ROOT {
    @Override
    void step(float[] parameters, float[] slope, Adam.State moments, Factors by) {
      float[] first = moments.first();
      float[] second = moments.second();
      float[] largest = moments.largest();
      boolean amsgrad = largest.length > 0;
      float inverse = (float) (1 / by.root());
      for (int i = 0; i < parameters.length; i++) {
        float g = slope[i];
        float m = by.keep1() * first[i] + by.add1() * g;
        float v = by.keep2() * second[i] + by.add2() * g * g;
        first[i] = m;
        second[i] = v;
        if (amsgrad) {
          v = Math.max(largest[i], v);
          largest[i] = v;
        }
        float corrected = (float) Math.sqrt(v) * inverse;
        parameters[i] -= by.rate() * m / (corrected + EPSILON);
      }
    }
  };

  private static final float EPSILON = 1e-8f;

  /**
   * Factors of one step.
   *
   * @param keep1 of the first moments so far
   * @param add1 of the slopes
   * @param keep2 of the second moments so far
   * @param add2 of the squared slopes
   * @param rate learning rate over the correction of the first moment
   * @param root of the correction of the second moment
   */
  record Factors(float keep1, float add1, float keep2, float add2, float rate, double root) {}

  /**
   * Moves moments and parameters.
   *
   * @param parameters changed
   * @param slope gradient, with the weights where they decay by it
   * @param moments changed; without largest ones the second moments divide
   */
  abstract void step(float[] parameters, float[] slope, Adam.State moments, Factors by);
}
