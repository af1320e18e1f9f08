package org.latticelift.learn.closure;

import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Encoding;

/** A large state as its patches, one after the other. */
final class WholeInput {
  private WholeInput() {}

  static <S> float[] of(Dynamics<S> dynamics, S state, Encoding encoding) {
    float[] all = new float[encoding.patches() * encoding.inputs()];
    write(dynamics, state, encoding, all, 0);
    return all;
  }

  static <S> void write(Dynamics<S> dynamics, S state, Encoding encoding, float[] into, int at) {
    int inputs = encoding.inputs();
    for (int patch = 0; patch < encoding.patches(); patch++) {
      System.arraycopy(dynamics.encoderInput(state, patch), 0, into, at + patch * inputs, inputs);
    }
  }
}
