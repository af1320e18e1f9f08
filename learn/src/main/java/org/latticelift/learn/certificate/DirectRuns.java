package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * Late values of direct runs of the large system at one condition, of the second half of each run
 * and weighted by time. Parts of it are taken as independent: the runs, or, where these are few,
 * pieces of them.
 */
final class DirectRuns {
  private static final int FEWEST_PARTS = 8;

  private final EquilibriumShift late;

  DirectRuns(List<TimeSeries> runs, MacroscopicMap map) {
    int pieces = runs.isEmpty() ? 1 : (FEWEST_PARTS + runs.size() - 1) / runs.size();
    List<double[][]> parts = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (TimeSeries run : runs) {
      int first = firstLate(run);
      int records = run.length() - first;
      for (int piece = 0; piece < pieces; piece++) {
        int from = first + records * piece / pieces;
        int to = first + records * (piece + 1) / pieces;
        if (to > from) {
          parts.add(states(run, from, to));
          weights.add(weights(run, from, to));
        }
      }
    }
    late = new EquilibriumShift(parts.size(), map);
    for (int part = 0; part < parts.size(); part++) {
      for (int k = 0; k < parts.get(part).length; k++) {
        late.add(part, parts.get(part)[k], weights.get(part)[k]);
      }
    }
  }

  private static int firstLate(TimeSeries run) {
    double half = (run.start() + run.end()) / 2;
    int first = 0;
    while (first < run.length() - 1 && run.time(first) < half) {
      first++;
    }
    return first;
  }

  private static double[][] states(TimeSeries run, int from, int to) {
    double[][] states = new double[to - from][run.components()];
    for (int k = from; k < to; k++) {
      for (int c = 0; c < run.components(); c++) {
        states[k - from][c] = run.value(k, c);
      }
    }
    return states;
  }

  /** Half of the time to either neighbour. */
  private static double[] weights(TimeSeries run, int from, int to) {
    double[] weights = new double[to - from];
    for (int k = from; k < to; k++) {
      double before = run.time(Math.max(0, k - 1));
      double after = run.time(Math.min(run.length() - 1, k + 1));
      weights[k - from] = run.length() == 1 ? 1 : (after - before) / 2;
    }
    return weights;
  }

  /** Whether there are enough parts for an error. */
  boolean known() {
    return late.trajectories() > 1;
  }

  double value(BiasedValue quantity, int observable) {
    return late.value(quantity, observable);
  }

  /** Standard error by the spread over the parts. */
  double error(BiasedValue quantity, int observable) {
    return late.error(quantity, observable);
  }
}
