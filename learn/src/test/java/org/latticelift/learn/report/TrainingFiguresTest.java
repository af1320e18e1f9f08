package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Layer;
import org.latticelift.learn.report.Figures.TrainingFigures;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;

/** Figures of pairs and training, where conditions and models differ or do not. */
class TrainingFiguresTest {
  private static final Random RANDOM = new Random(1);

  private static PairStatistics pairs(String condition, int mean) {
    int[] events =
        RANDOM.doubles(20_000, 0.5 * mean, 1.5 * mean).mapToInt(n -> (int) Math.round(n)).toArray();
    return new PairStatistics(condition, 1, events.length, 1, 1, 1, events);
  }

  @Test
  void conditionsOfOtherMeansAreEquallyWide() {
    Figure figure = TrainingFigures.events(List.of(pairs("T1000", 3000), pairs("T2000", 30)));
    assertThat(figure.caption()).contains("at T1000", "at T2000");
    assertThat(figure.layers()).hasSize(2);
    for (Layer layer : figure.layers()) {
      double area = 0;
      for (int i = 0; i < layer.x().length; i += 2) {
        double middle = (layer.x()[i] + layer.x()[i + 1]) / 2;
        area += layer.y()[i] * (layer.x()[i + 1] - layer.x()[i]);
        if (middle > 0.65 && middle < 1.35) {
          assertThat(layer.y()[i]).isCloseTo(1, within(0.12));
        }
      }
      assertThat(area).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void pairsWithoutEventsAreDrawn() {
    PairStatistics idle = new PairStatistics("T300", 300, 3, 1, 1, 1, new int[3]);
    Layer layer = TrainingFigures.events(List.of(idle)).layers().get(0);
    assertThat(layer.y()).containsExactly(1, 1);
  }

  @Test
  void equalRatesAreOneLine() {
    double[] loss = {2, 1};
    TrainingHistory one = new TrainingHistory(loss, loss, new double[] {0.1, 0.01});
    TrainingHistory other = new TrainingHistory(loss, loss, new double[] {0.1, 0.02});
    assertThat(TrainingFigures.learningRate(List.of(one, one, other, one)).layers())
        .extracting(Layer::legend)
        .containsExactly("model 0", "model 2");
  }
}
