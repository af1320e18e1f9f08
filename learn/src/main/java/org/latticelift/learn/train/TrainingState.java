package org.latticelift.learn.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.optim.Adam;

/**
 * Everything that a training needs to continue bit for bit after a batch. Shuffles are drawn from
 * streams keyed by model and epoch, so epoch and position are those in all of them.
 *
 * @param epoch finished epochs
 * @param position pairs of the next epoch that were used
 * @param sum of their losses
 * @param parameters current weights
 * @param average moving average of the weights; empty if off
 * @param best weights of the lowest validation loss; empty without early stopping
 * @param bestLoss lowest validation loss
 * @param bestEpoch epoch of the lowest validation loss
 * @param optimiser moments and step count
 * @param schedule state of the learning-rate schedule
 * @param history per epoch: training loss, validation loss (NaN without), learning rate
 */
record TrainingState(
    int epoch,
    int position,
    double sum,
    float[] parameters,
    float[] average,
    float[] best,
    double bestLoss,
    int bestEpoch,
    Adam.State optimiser,
    double[] schedule,
    List<double[]> history) {

  private static final int MAGIC = 0x4C4C5434;

  void write(DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(epoch);
    out.writeInt(position);
    out.writeDouble(sum);
    floats(out, parameters);
    floats(out, average);
    floats(out, best);
    out.writeDouble(bestLoss);
    out.writeInt(bestEpoch);
    floats(out, optimiser.first());
    floats(out, optimiser.second());
    floats(out, optimiser.largest());
    out.writeLong(optimiser.steps());
    doubles(out, schedule);
    out.writeInt(history.size());
    for (double[] row : history) {
      doubles(out, row);
    }
  }

  static TrainingState read(DataInput in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a training checkpoint");
    }
    int epoch = in.readInt();
    int position = in.readInt();
    double sum = in.readDouble();
    float[] parameters = floats(in);
    float[] average = floats(in);
    float[] best = floats(in);
    double bestLoss = in.readDouble();
    int bestEpoch = in.readInt();
    Adam.State optimiser = new Adam.State(floats(in), floats(in), floats(in), in.readLong());
    double[] schedule = doubles(in);
    List<double[]> history = new ArrayList<>();
    for (int rows = in.readInt(); rows > 0; rows--) {
      history.add(doubles(in));
    }
    return new TrainingState(
        epoch,
        position,
        sum,
        parameters,
        average,
        best,
        bestLoss,
        bestEpoch,
        optimiser,
        schedule,
        history);
  }

  private static void floats(DataOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static float[] floats(DataInput in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static void doubles(DataOutput out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static double[] doubles(DataInput in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
