package org.latticelift.learn.closure;

import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.closure.AutoencoderTraining.ClosureObserver;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Encoding;

/** Small trainings on random states. */
final class Trainings {
  private Trainings() {}

  static ClosureConfig config(String keys) {
    return Binder.bind(ConfigNode.parse("{" + keys + "}", "test"), ClosureConfig.class);
  }

  /** States around waves of random amplitude, or signs of them. */
  static LargeStates states(Encoding encoding, int count) {
    int size = encoding.inputs() * encoding.patches();
    float[][] inputs = new float[count][size];
    double[][] observables = new double[count][2];
    for (int s = 0; s < count; s++) {
      RandomStream stream = new Streams(3).stream(Purpose.CHECK, s);
      double amplitude = stream.normal();
      for (int i = 0; i < size; i++) {
        double value = amplitude * Math.sin(i * 0.3) + 0.1 * stream.normal();
        inputs[s][i] =
            (float) (encoding.values() == Encoding.Values.REAL ? value : Math.signum(value));
        observables[s][0] += inputs[s][i] / size;
      }
    }
    return new LargeStates() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public void patches(int state, float[] patches, int at) {
        System.arraycopy(inputs[state], 0, patches, at, size);
      }

      @Override
      public double[] observables(int state) {
        return observables[state];
      }
    };
  }

  static AutoencoderTraining start(Autoencoder autoencoder, ClosureConfig config, int states) {
    return new AutoencoderTraining(
        autoencoder, config, states(autoencoder.encoding(), states), new Streams(1));
  }

  static ClosureModel trained(AutoencoderTraining training) {
    return training.run(ClosureObserver.NONE).orElseThrow();
  }
}
