package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Ornstein-Uhlenbeck trajectories of six pair order parameters that obey the sum rules: three
 * independent components (MoMo, MoTa, TaTa) start at zero and relax to known late means.
 */
public final class SyntheticRuns {
  /** Names of the components. */
  public static final List<String> PAIRS = List.of("NbNb", "NbMo", "NbTa", "MoMo", "MoTa", "TaTa");

  /** Vacancy neighbours of an atom, 8 c_vac. */
  public static final double VACANCY_NEIGHBOURS = 8.0 / 1024;

  private SyntheticRuns() {}

  /**
   * All six order parameters from the three independent ones.
   *
   * @param moMo order of Mo and Mo
   * @param moTa order of Mo and Ta
   * @param taTa order of Ta and Ta
   * @return in the order of {@link #PAIRS}
   */
  public static double[] expand(double moMo, double moTa, double taTa) {
    double nbMo = -VACANCY_NEIGHBOURS - moMo - moTa;
    double nbTa = -VACANCY_NEIGHBOURS - moTa - taTa;
    return new double[] {-VACANCY_NEIGHBOURS - nbMo - nbTa, nbMo, nbTa, moMo, moTa, taTa};
  }

  /**
   * Late means near those of the alloy at a temperature.
   *
   * @param kelvin temperature
   * @return six late means
   */
  public static double[] late(double kelvin) {
    double scale = 2000 / kelvin;
    return expand(-0.64 * scale, 0.46 * scale, -0.34 * scale);
  }

  /**
   * One trajectory from the random state.
   *
   * @param late six late means
   * @param tau relaxation time, s
   * @param deviation late standard deviation of the independent components
   * @param times equidistant, s
   * @param task key of the noise
   * @return six components
   */
  public static TimeSeries run(
      double[] late, double tau, double deviation, double[] times, long task) {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, task);
    double[] state = {0, 0, 0};
    double[] values = new double[times.length * 6];
    for (int i = 0; i < times.length; i++) {
      if (i > 0) {
        double keep = Math.exp(-(times[i] - times[i - 1]) / tau);
        double noise = deviation * Math.sqrt(1 - keep * keep);
        for (int c = 0; c < 3; c++) {
          state[c] = late[3 + c] + keep * (state[c] - late[3 + c]) + noise * stream.normal();
        }
      }
      System.arraycopy(expand(state[0], state[1], state[2]), 0, values, 6 * i, 6);
    }
    return new TimeSeries(times.clone(), values, 6);
  }

  /**
   * Several runs with different noise.
   *
   * @param count how many
   * @param late six late means
   * @param tau relaxation time, s
   * @param deviation late standard deviation of the independent components
   * @param times equidistant, s
   * @param task key of the noise
   * @return the runs
   */
  public static List<TimeSeries> runs(
      int count, double[] late, double tau, double deviation, double[] times, long task) {
    List<TimeSeries> runs = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      runs.add(run(late, tau, deviation, times, 1000 * task + r));
    }
    return runs;
  }

  /**
   * Equidistant times from 0.
   *
   * @param n how many
   * @param end last time, s
   * @return the times
   */
  public static double[] times(int n, double end) {
    double[] times = new double[n];
    Arrays.setAll(times, i -> end * i / (n - 1));
    return times;
  }
}
