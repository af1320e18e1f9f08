package org.latticelift.learn.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;

/** A trained model in bytes, so that another rank than the one that has trained it can store it. */
final class TrainedModels {
  private static final int COLUMNS = 3;

  private TrainedModels() {}

  static byte[] encode(SdeTrainer.Result result) {
    float[] weights = result.parameters().flat();
    int rows = result.history().size();
    ByteBuffer bytes =
        ByteBuffer.allocate(
            3 * Integer.BYTES + weights.length * Float.BYTES + rows * COLUMNS * Double.BYTES);
    bytes.putInt(result.bestEpoch()).putInt(weights.length).putInt(rows);
    for (float weight : weights) {
      bytes.putFloat(weight);
    }
    for (double[] row : result.history()) {
      for (int column = 0; column < COLUMNS; column++) {
        bytes.putDouble(row[column]);
      }
    }
    return bytes.array();
  }

  static SdeTrainer.Result decode(SdeArchitecture architecture, byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int bestEpoch = bytes.getInt();
    float[] weights = new float[bytes.getInt()];
    int rows = bytes.getInt();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = bytes.getFloat();
    }
    List<double[]> history = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      history.add(new double[] {bytes.getDouble(), bytes.getDouble(), bytes.getDouble()});
    }
    return new SdeTrainer.Result(SdeParameters.of(architecture, weights), history, bestEpoch);
  }
}
