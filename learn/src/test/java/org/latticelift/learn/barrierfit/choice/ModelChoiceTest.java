package org.latticelift.learn.barrierfit.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.barrierfit.BarrierForm;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.FitConfig;
import org.latticelift.learn.barrierfit.TableOrigin;
import org.latticelift.learn.barrierfit.linear.BarrierRows;
import org.latticelift.learn.barrierfit.linear.LinearFit;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** The simplest model that is as good as the best is kept, and no barrier judges its own fit. */
class ModelChoiceTest {
  private static final Crystal FCC = Crystal.fcc();

  /** Barriers that depend on the jumping species, and on the environment by so much, eV. */
  private static ModelChoice compared(double byEnvironment) {
    int count = 200;
    int sites = FCC.environmentSize();
    int hops = FCC.hopCount();
    RandomStream random = new Streams(3).stream(Purpose.CHECK);
    byte[] codes = new byte[count * sites];
    float[] barriers = new float[count * hops];
    java.util.Arrays.fill(barriers, Float.NaN);
    for (int e = 0; e < count; e++) {
      int like = 0;
      int hop = random.below(hops);
      int target = FCC.environment(0).hopTarget(hop);
      for (int j = 0; j < sites; j++) {
        codes[e * sites + j] = (byte) (1 + random.below(2));
        like += FCC.environment(0).shellOf(j) == 1 && codes[e * sites + j] == 1 ? 1 : 0;
      }
      double own = codes[e * sites + target] == 1 ? 0.7 : 0.9;
      barriers[e * hops + hop] =
          (float) (own + byEnvironment * (like - 6) + 0.02 * random.normal());
    }
    BarrierTable table =
        new BarrierTable(
            sites,
            hops,
            List.of("Cu", "Ni"),
            codes,
            barriers,
            new int[count],
            List.of("all"),
            TableOrigin.of("t", "t", 2));
    ModelChoice choice =
        new ModelChoice(BarrierRows.of(table, FCC, Optional.empty()), 1, StopSignal.none());
    choice.compare(List.of(BarrierForm.MEAN, BarrierForm.LINEAR), ProgressFactory.quiet());
    return choice;
  }

  private static double rmse(ModelChoice choice, double[] predicted) {
    double squares = 0;
    for (int i = 0; i < predicted.length; i++) {
      double difference = predicted[i] - choice.rows().barrier(i);
      squares += difference * difference;
    }
    return Math.sqrt(squares / predicted.length);
  }

  @Test
  void theMeanIsKeptWhereTheEnvironmentHasNoInfluence() {
    ModelChoice choice = compared(0);
    assertThat(choice.chosen()).isEqualTo(BarrierForm.MEAN);
    assertThat(rmse(choice, choice.nested())).isBetween(0.017, 0.023);
  }

  @Test
  void theLinearModelIsKeptWhereItHas() {
    ModelChoice choice = compared(0.02);
    assertThat(choice.chosen()).isEqualTo(BarrierForm.LINEAR);
    assertThat(rmse(choice, choice.heldOut(BarrierForm.MEAN)))
        .isGreaterThan(1.5 * rmse(choice, choice.nested()));
  }

  /** Two models whose errors differ by less than the differences scatter: the first is kept. */
  @Test
  void oneStandardErrorOfTheDifference() {
    assertThat(LinearFit.simplest(List.of(new double[] {2, 1, 2}, new double[] {1, 2, 1})))
        .isZero();
    assertThat(LinearFit.simplest(List.of(new double[] {2, 3, 2}, new double[] {1, 2, 1})))
        .isEqualTo(1);
  }

  @Test
  void settingsOfNetworksFollowTheRows() {
    FitConfig few = ModelChoice.settings(300);
    FitConfig many = ModelChoice.settings(20_000);
    assertThat(few.hidden().get(0)).isLessThan(many.hidden().get(0));
    assertThat(few.rows()).isLessThan(many.rows());
  }
}
