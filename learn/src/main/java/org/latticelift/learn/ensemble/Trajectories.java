package org.latticelift.learn.ensemble;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * All recorded observables of one condition, or of a block of its trajectories: float [model,
 * trajectory][record][observable].
 */
final class Trajectories {
  private final float[] values;
  private final int models;
  private final int perModel;
  private final int records;
  private final int observables;

  Trajectories(int models, int perModel, int records, int observables) {
    this.models = models;
    this.perModel = perModel;
    this.records = records;
    this.observables = observables;
    this.values = new float[Math.multiplyExact(models * perModel, records * observables)];
  }

  int models() {
    return models;
  }

  int perModel() {
    return perModel;
  }

  int records() {
    return records;
  }

  int observables() {
    return observables;
  }

  /** The values themselves, for storage. */
  float[] values() {
    return values;
  }

  float get(int trajectory, int record, int observable) {
    return values[(trajectory * records + record) * observables + observable];
  }

  /** Trajectories that never left all bounds; their numbers in ascending order, for each model. */
  int[][] bounded() {
    int[][] bounded = new int[models][];
    Arrays.setAll(
        bounded,
        model ->
            IntStream.range(model * perModel, (model + 1) * perModel)
                .filter(this::bounded)
                .toArray());
    return bounded;
  }

  private boolean bounded(int trajectory) {
    for (int record = 0; record < records; record++) {
      if (Float.isNaN(get(trajectory, record, 0))) {
        return false;
      }
    }
    return true;
  }

  /** The values of some trajectories, one after the other. */
  float[] values(int[][] trajectories) {
    int size = records * observables;
    int count = Arrays.stream(trajectories).mapToInt(numbers -> numbers.length).sum();
    if (count == models * perModel) {
      return values;
    }
    float[] some = new float[count * size];
    int at = 0;
    for (int[] ofModel : trajectories) {
      for (int trajectory : ofModel) {
        System.arraycopy(values, trajectory * size, some, at, size);
        at += size;
      }
    }
    return some;
  }

  /** Writes one state; different trajectories may be written by different threads. */
  void set(int trajectory, int record, double[] full) {
    int base = (trajectory * records + record) * observables;
    for (int k = 0; k < observables; k++) {
      values[base + k] = (float) full[k];
    }
  }

  /** The values in bytes, so that another rank than the one that has made them can store them. */
  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Puts encoded trajectories where they begin among these. */
  void put(int firstTrajectory, byte[] encoded) {
    FloatBuffer block = ByteBuffer.wrap(encoded).asFloatBuffer();
    block.get(values, firstTrajectory * records * observables, block.remaining());
  }
}
