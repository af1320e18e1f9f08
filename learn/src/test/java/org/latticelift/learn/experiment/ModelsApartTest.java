package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.experiment.ExperimentRuns.ModelsApart;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.sde.Resampling;

class ModelsApartTest {
  private static final Resampling HALVES =
      new Resampling(new int[] {0, 1, 2}, Resampling.Unit.RUNS, 8);

  private static final Measured POOLED = Measured.whole(0.5, new Interval(0.4, 0.6));

  private static final Function<List<Curves>, Measured> DEVIATION =
      curves -> Comparisons.late(curves, 0, true, 1);

  private static final Function<List<Curves>, Measured> MEAN =
      curves -> Comparisons.late(curves, 0, false, 1);

  /** Trajectories that jump from one side of a value to the other. */
  private static Curves around(double value, double by, int trajectories) {
    double[][] rows = new double[trajectories][8];
    for (int run = 0; run < trajectories; run++) {
      for (int i = 0; i < 8; i++) {
        rows[run][i] = value + ((run + i) % 2 == 0 ? by : -by);
      }
    }
    double[] time = new double[8];
    Arrays.setAll(time, i -> i);
    return new Curves(time, 1, rows);
  }

  private static ModelsApart models(Resampling resampling, Curves... curves) {
    return new ModelsApart(Arrays.stream(curves).map(List::of).toList(), resampling);
  }

  /** Three models 0.2 apart whose trajectories fluctuate by 0.03: that is the deviation. */
  @Test
  void whatModelsLieApartIsNoFluctuation() {
    ModelsApart models =
        models(HALVES, around(0.3, 0.03, 6), around(0.5, 0.03, 6), around(0.7, 0.03, 6));
    assertThat(models.measured(DEVIATION, POOLED).value()).isCloseTo(0.03, within(1e-12));
    Measured mean = models.measured(MEAN, POOLED);
    assertThat(mean.value()).isCloseTo(0.5, within(1e-12));
    double half =
        Uncertainty.of(new double[] {0.3, 0.5, 0.7}, new double[] {0, 0, 0}, HALVES).halfWidth();
    assertThat(half).isGreaterThan(0.5);
    assertThat(mean.interval().upper() - 0.5).isCloseTo(half, within(1e-12));
    assertThat(0.5 - mean.interval().lower()).isCloseTo(half, within(1e-12));
  }

  /** Two initial states on both sides of zero: their distance is part of the deviation. */
  @Test
  void initialStatesArePooled() {
    List<Curves> both = List.of(around(0.4, 0.3, 4), around(-0.4, 0.3, 4));
    ModelsApart models = new ModelsApart(List.of(both, both, both), HALVES);
    assertThat(models.measured(DEVIATION, POOLED).value()).isCloseTo(0.5, within(1e-12));
  }

  /** The cumulant of each model is that of two values, 2/3; of all trajectories it is not. */
  @Test
  void cumulantsAreThoseOfTheModels() {
    Function<List<Curves>, Measured> binder = curves -> EquilibriumValues.of(curves, 0).binder(1);
    List<Curves> all = List.of(around(0, 0.2, 4), around(0, 0.4, 4), around(0, 0.9, 4));
    Measured measured = models(HALVES, all.toArray(Curves[]::new)).measured(binder, POOLED);
    assertThat(measured.value()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(measured.interval().upper() - measured.value()).isCloseTo(0, within(1e-9));
    assertThat(binder.apply(all).value()).isLessThan(0.5);
  }

  @Test
  void withoutPairsOfTheirOwnTheIntervalIsThatOfTheTrajectories() {
    ModelsApart models = models(Resampling.none(2), around(0.3, 0.03, 6), around(0.5, 0.03, 6));
    Measured mean = models.measured(MEAN, POOLED);
    assertThat(mean.value()).isCloseTo(0.4, within(1e-12));
    assertThat(mean.interval().upper()).isCloseTo(0.5, within(1e-12));
    assertThat(models(Resampling.none(1), around(0.3, 0.03, 6)).measured(MEAN, POOLED))
        .isSameAs(POOLED);
  }

  /** A model whose trajectories have all diverged says nothing. */
  @Test
  void modelsThatDivergedAreLeftOut() {
    List<Curves> curves =
        new ArrayList<>(List.of(around(0.4, 0.03, 6), around(0, 0, 0), around(0.6, 0.03, 6)));
    Measured mean = models(HALVES, curves.toArray(Curves[]::new)).measured(MEAN, POOLED);
    assertThat(mean.value()).isCloseTo(0.5, within(1e-12));
    assertThat(mean.interval().upper()).isFinite();
  }
}
