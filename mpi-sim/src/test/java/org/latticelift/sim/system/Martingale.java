package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;

/** Checks that increments minus their compensators have mean zero (EX-05). */
public final class Martingale {
  private static final double STANDARD_ERRORS = 4;

  /** Largest error of the mean over the deviation of the increments. */
  private static final double PRECISION = 0.02;

  private final int samples;
  private final double[] sum;
  private final double[] square;
  private final double[] increment;
  private final double[] incrementSquare;

  private Martingale(int samples, int observables) {
    this.samples = samples;
    sum = new double[observables];
    square = new double[observables];
    increment = new double[observables];
    incrementSquare = new double[observables];
  }

  /**
   * Of independent partial evolutions.
   *
   * @param samples number of evolutions
   * @param evolutions by number
   * @return their sums
   */
  public static Martingale ofPatches(int samples, IntFunction<PartialEvolution> evolutions) {
    PartialEvolution first = evolutions.apply(0);
    Martingale martingale = new Martingale(samples, first.increment().length);
    martingale.add(first.increment(), first.compensator());
    for (int i = 1; i < samples; i++) {
      PartialEvolution made = evolutions.apply(i);
      martingale.add(made.increment(), made.compensator());
    }
    return martingale;
  }

  /**
   * Of independent joint evolutions.
   *
   * @param samples number of evolutions
   * @param evolutions by number
   * @return their sums
   */
  public static Martingale ofJoint(int samples, IntFunction<JointEvolution> evolutions) {
    JointEvolution first = evolutions.apply(0);
    Martingale martingale = new Martingale(samples, first.increment().length);
    martingale.add(first.increment(), first.compensator());
    for (int i = 1; i < samples; i++) {
      JointEvolution made = evolutions.apply(i);
      martingale.add(made.increment(), made.compensator());
    }
    return martingale;
  }

  private void add(double[] change, double[] compensator) {
    assertThat(compensator).hasSameSizeAs(change);
    for (int i = 0; i < change.length; i++) {
      double m = change[i] - compensator[i];
      sum[i] += m / samples;
      square[i] += m * m / samples;
      increment[i] += change[i] / samples;
      incrementSquare[i] += change[i] * change[i] / samples;
    }
  }

  /**
   * Requires mean zero within four standard errors that are small enough.
   *
   * @param what for messages
   */
  public void require(String what) {
    for (int i = 0; i < sum.length; i++) {
      double error = Math.sqrt((square[i] - sum[i] * sum[i]) / samples);
      assertThat(error)
          .as("error of observable %d, %s", i, what)
          .isPositive()
          .isLessThan(PRECISION * deviation(i));
      assertThat(Math.abs(sum[i]))
          .as("mean of observable %d, %s", i, what)
          .isLessThan(STANDARD_ERRORS * error);
    }
  }

  private double deviation(int i) {
    return Math.sqrt(incrementSquare[i] - increment[i] * increment[i]);
  }
}
