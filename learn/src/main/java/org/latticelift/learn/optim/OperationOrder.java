package org.latticelift.learn.optim;

/**
 * Orders of the same operations, which differ in the last bits of a step. Each training keeps its
 * own, so that its results stay the same bit for bit.
 */
public enum OperationOrder {
  /** Squares first, quotient before the rate: training of equations. */
  QUOTIENT_FIRST {
    @Override
    void secondMoments(float[] second, float[] slope, float keep, float add) {
      for (int i = 0; i < second.length; i++) {
        float g = slope[i];
        second[i] = keep * second[i] + g * g * add;
      }
    }

    @Override
    void update(float[] parameters, float[] first, float[] moment, float rate, double root) {
      float divisor = (float) root;
      for (int i = 0; i < parameters.length; i++) {
        float denominator = (float) Math.sqrt(moment[i]) / divisor + EPSILON;
        parameters[i] -= first[i] / denominator * rate;
      }
    }
  },

  /** Roots and their correction in double: training of encoders. */
  DOUBLE_ROOT {
    @Override
    void update(float[] parameters, float[] first, float[] moment, float rate, double root) {
      for (int i = 0; i < parameters.length; i++) {
        float corrected = (float) (Math.sqrt(moment[i]) / root);
        parameters[i] -= rate * first[i] / (corrected + EPSILON);
      }
    }
  },

  /** Roots times the inverse of their correction: training of barrier networks. */
  INVERSE_ROOT {
    @Override
    void update(float[] parameters, float[] first, float[] moment, float rate, double root) {
      float inverse = (float) (1 / root);
      for (int i = 0; i < parameters.length; i++) {
        float corrected = (float) Math.sqrt(moment[i]) * inverse;
        parameters[i] -= rate * first[i] / (corrected + EPSILON);
      }
    }
  };

  private static final float EPSILON = 1e-8f;

  /** Keeps a part of the second moments and adds a part of the squared slopes. */
  void secondMoments(float[] second, float[] slope, float keep, float add) {
    for (int i = 0; i < second.length; i++) {
      float g = slope[i];
      second[i] = keep * second[i] + add * g * g;
    }
  }

  /**
   * Moves the parameters.
   *
   * @param rate learning rate over the correction of the first moment
   * @param root of the correction of the second moment
   */
  abstract void update(float[] parameters, float[] first, float[] moment, float rate, double root);
}
