package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.barrierfit.BarrierTable.CanonicalRows;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** The engine's passes against plain arithmetic and finite differences. */
final class BatchGradientTest {
  private static final int ROWS = 100;

  private final CanonicalRows rows = new CanonicalRows(Tables.table(60), Crystal.bcc());
  private final int[] numbers = RowSplit.all(rows.table());
  private final Standardisation target = Standardisation.of(rows, numbers);
  private final OneHotNetwork network = new OneHotNetwork(112, 3, List.of(6, 5));
  private final float[] parameters = network.initialise(new Streams(5).stream(Purpose.CHECK));
  private final RowBatch slice = new RowBatch(rows, target, 32);

  @Test
  void theLossIsThatOfThePlainForwardPass() {
    float[] gradient = new float[parameters.length];
    try (BatchGradient engine = new BatchGradient(network)) {
      engine.load(parameters);
      double loss = engine.lossAndGradient(slice, numbers, 0, ROWS, gradient);
      assertThat(loss).isCloseTo(plainLoss(parameters), within(1e-5));
    }
  }

  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    float[] gradient = new float[parameters.length];
    try (BatchGradient engine = new BatchGradient(network)) {
      engine.load(parameters);
      engine.lossAndGradient(slice, numbers, 0, ROWS, gradient);
    }
    for (int layer = 0; layer < network.layers(); layer++) {
      for (int i = network.weightAt(layer); i < network.weightAt(layer + 1); i += 7) {
        assertThat((double) gradient[i]).isCloseTo(slope(i), within(2e-4));
      }
    }
  }

  /** The engine adds in a fixed order wherever its memory lies. */
  @Test
  void everyEngineGivesTheSameBits() {
    float[] expected = null;
    for (int i = 0; i < 8; i++) {
      float[] gradient = new float[parameters.length];
      try (BatchGradient engine = new BatchGradient(network)) {
        engine.load(parameters);
        RowBatch own = new RowBatch(rows, target, 32);
        engine.lossAndGradient(own, numbers, 0, ROWS, gradient);
        engine.lossAndGradient(own, numbers, 0, ROWS, gradient);
      }
      expected = expected == null ? gradient : expected;
      assertThat(gradient).isEqualTo(expected);
    }
  }

  private double slope(int i) {
    float[] changed = parameters.clone();
    float step = 1e-3f;
    changed[i] = parameters[i] + step;
    double up = plainLoss(changed);
    changed[i] = parameters[i] - step;
    return (up - plainLoss(changed)) / (2 * step);
  }

  private double plainLoss(float[] at) {
    double sum = 0;
    float[] inputs = new float[336];
    for (int r = 0; r < ROWS; r++) {
      Arrays.fill(inputs, 0f);
      rows.multiHot(numbers[r], inputs);
      double difference = plain(at, inputs) - target.scaled(rows.barrier(numbers[r]));
      sum += difference * difference;
    }
    return sum / ROWS;
  }

  private double plain(float[] at, float[] inputs) {
    double[] x = new double[inputs.length];
    Arrays.setAll(x, i -> inputs[i]);
    for (int layer = 0; layer < network.layers(); layer++) {
      x = plainLayer(at, x, layer);
    }
    return x[0];
  }

  private double[] plainLayer(float[] at, double[] x, int layer) {
    double[] y = new double[network.outputs(layer)];
    for (int j = 0; j < y.length; j++) {
      y[j] = at[network.biasAt(layer) + j];
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * at[network.weightAt(layer) + i * y.length + j];
      }
      y[j] = layer < network.layers() - 1 ? y[j] / (1 + Math.exp(-y[j])) : y[j];
    }
    return y;
  }
}
