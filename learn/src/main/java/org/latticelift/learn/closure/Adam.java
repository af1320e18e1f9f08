package org.latticelift.learn.closure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Adam on one flat vector, with a multiple of the weights added to the gradient, and on request the
 * largest second moment instead of the present one (ME-69, ME-76).
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final float EPSILON = 1e-8f;

  private final ClosureConfig config;
  private final float[] first;
  private final float[] second;
  private final float[] largest;
  private long steps;

  Adam(int parameters, ClosureConfig config) {
    this.config = config;
    first = new float[parameters];
    second = new float[parameters];
    largest = new float[config.amsgrad() ? parameters : 0];
  }

  void step(float[] parameters, float[] gradient) {
    steps++;
    double root = Math.sqrt(1 - StrictMath.pow(config.beta2(), steps));
    float rate = (float) (config.learningRate() / (1 - StrictMath.pow(BETA1, steps)));
    float decay = (float) config.weightDecay();
    float keep = (float) config.beta2();
    float add = (float) (1 - config.beta2());
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i] + decay * parameters[i];
      first[i] = (float) BETA1 * first[i] + (float) (1 - BETA1) * g;
      second[i] = keep * second[i] + add * g * g;
      float moment = second[i];
      if (largest.length > 0) {
        moment = Math.max(largest[i], moment);
        largest[i] = moment;
      }
      parameters[i] -= rate * first[i] / ((float) (Math.sqrt(moment) / root) + EPSILON);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    for (float[] values : new float[][] {first, second, largest}) {
      StoredArrays.write(out, values);
    }
  }

  void read(DataInput in) throws IOException {
    steps = in.readLong();
    for (float[] values : new float[][] {first, second, largest}) {
      StoredArrays.read(in, values);
    }
  }
}
