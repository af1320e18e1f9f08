package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.io.output.Figure;

class ExperimentFigureTest {
  /** A variant of which nothing is left does not cost the figure, nor those after it. */
  @Test
  void divergedVariantsHaveNoPath() {
    double[] time = {0, 1, 2};
    Curves none = new Curves(time, 1, new double[0][]);
    Curves truth = new Curves(time, 1, new double[][] {{0.1, 0.2, 0.3}});
    Figure figure =
        ExperimentFigure.paths("m", 0, Map.entry("ours", none), Map.entry("truth", truth));
    assertThat(figure.layers()).hasSize(1);
    assertThat(figure.svg()).contains("truth");
  }
}
