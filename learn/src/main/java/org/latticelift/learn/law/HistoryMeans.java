package org.latticelift.learn.law;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.kernel.PointLayers;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;

/**
 * Means of all models along histories, as {@code advance} of an exported file makes them: a history
 * is cut into pieces within which the condition changes little, and these into stable steps; only
 * its last {@link PathPrediction#MEMORY} units of scaled time are made. Histories lie side by side;
 * where one ends the next begins, so none depends on its neighbours.
 */
final class HistoryMeans {
  private static final int LANES = PointLayers.LANES;

  /** Pieces in which less happens are carried on to the next. */
  private static final double LEAST = 1e-4;

  private final SdeModel model;
  private final MeanKernel kernel;
  private final Cut cut;
  private final double[][] starts;

  /**
   * How histories are cut.
   *
   * @param longest steps at the trained conditions, scaled time
   * @param change largest change of the condition within a step
   * @param pace seconds of the simulation per unit of the histories' times, at a condition
   */
  record Cut(double[] longest, double change, StepScheme scheme, DoubleUnaryOperator pace) {}

  /** Nothing is made yet ({@code starts}: of each model, scaled). */
  HistoryMeans(SdeModel model, Cut cut, double[][] starts) {
    this.model = model;
    this.kernel = new MeanKernel(model, PointLayers.fastest());
    this.cut = cut;
    this.starts = starts;
  }

  /**
   * The end of a history.
   *
   * @param states of each model, scaled
   * @param outside how far beyond the trained conditions something happened
   */
  record End(double[][] states, double outside) {}

  /** The ends of some histories, from one on. */
  End[] ends(Histories histories, int first, int count) {
    End[] ends = new End[count];
    MeanKernel.Points points = kernel.new Points();
    int d = starts[0].length;
    double[][] z = new double[starts.length][d * LANES];
    double[] h = new double[LANES];
    double[] condition = new double[LANES];
    Arrays.fill(condition, model.scaling().condition()[0]);
    Walk[] walks = new Walk[LANES];
    int begun = 0;
    int ended = 0;
    while (ended < count) {
      for (int l = 0; l < LANES; l++) {
        while (walks[l] == null ? begun < count : !walks[l].next()) {
          if (walks[l] != null) {
            int i = walks[l].history;
            ends[i - first] = new End(states(z, l, histories.name(i)), walks[l].outside);
            walks[l] = null;
            ended++;
          } else {
            walks[l] = new Walk(histories, first + begun++);
            for (int k = 0; k < z.length; k++) {
              for (int v = 0; v < d; v++) {
                z[k][v * LANES + l] = starts[k][v];
              }
            }
          }
        }
        h[l] = walks[l] == null ? 0 : walks[l].h;
        condition[l] = walks[l] == null ? condition[l] : walks[l].condition;
      }
      for (int k = 0; k < z.length && ended < count; k++) {
        points.step(k, cut.scheme, condition, h, z[k]);
      }
    }
    return ends;
  }

  private double[][] states(double[][] z, int lane, String history) {
    double[][] states = new double[z.length][starts[0].length];
    for (int k = 0; k < z.length; k++) {
      for (int v = 0; v < states[k].length; v++) {
        states[k][v] = z[k][v * LANES + lane];
        if (!(Math.abs(states[k][v]) < Walkers.LIMIT)) {
          throw LatticeLiftException.numerical(
              "A mean diverged",
              "history " + history + ", model m" + k,
              "finite states",
              "Lower the step (--set step=...), or train with more pairs near its conditions");
        }
      }
    }
    return states;
  }

  /** The length of a history in units of scaled time. */
  double units(Histories histories, int history) {
    return new Walk(histories, history).total();
  }

  /** Where a point is in its history: pieces between two times, some steps in each. */
  private final class Walk {
    private final Histories histories;
    private final int history;
    private int segment;
    private int piece;
    private int pieces;

    /** Of the present piece, scaled time. */
    private double units;

    private double carried;
    private double h;
    private double condition;
    private long steps;
    private double outside;

    /** In the piece in which the last units begin. */
    Walk(Histories histories, int history) {
      this.histories = histories;
      this.history = history;
      double left = PathPrediction.MEMORY;
      for (segment = histories.to(history) - 2; segment >= histories.from(history); segment--) {
        pieces = pieces();
        for (piece = pieces - 1; piece >= 0; piece--) {
          units = unitsOf(middle());
          if (units >= left) {
            units = left;
            return;
          }
          left -= units;
        }
      }
      segment = histories.from(history);
      piece = 0;
      pieces = pieces();
      units = unitsOf(middle());
    }

    double total() {
      double sum = 0;
      for (segment = histories.from(history); !done(); segment++) {
        pieces = pieces();
        for (piece = 0; piece < pieces; piece++) {
          sum += unitsOf(middle());
        }
      }
      return sum;
    }

    private boolean done() {
      return segment > histories.to(history) - 2;
    }

    private int pieces() {
      double change = Math.abs(histories.value(segment + 1) - histories.value(segment));
      return (int) Math.max(1, Math.ceil(change / cut.change));
    }

    private double middle() {
      double from = histories.value(segment);
      return from + (histories.value(segment + 1) - from) * ((piece + 0.5) / pieces);
    }

    private double unitsOf(double middle) {
      double time = (histories.time(segment + 1) - histories.time(segment)) / pieces;
      double pace = cut.pace.applyAsDouble(middle);
      return time * pace / model.scaling().timeUnit(middle, true);
    }

    /** To the next step; false at the end. */
    boolean next() {
      while (steps == 0) {
        if (done()) {
          return false;
        }
        condition = middle();
        carried += units;
        outside = Math.max(outside, units < LEAST ? 0 : beyond(condition));
        if (++piece == pieces) {
          piece = 0;
          segment++;
          pieces = done() ? 1 : pieces();
        }
        units = done() ? 0 : unitsOf(middle());
        if (carried >= LEAST || done()) {
          int[] around = SdeScaling.around(model.scaling().condition(), condition);
          double longest = Math.min(cut.longest[around[0]], cut.longest[around[1]]);
          steps = (long) Math.max(1, Math.ceil(carried / longest - 1e-9));
          h = carried / steps;
          carried = 0;
        }
      }
      steps--;
      return true;
    }

    private double beyond(double value) {
      double[] trained = model.scaling().condition();
      return Math.max(0, Math.max(trained[0] - value, value - trained[trained.length - 1]));
    }
  }
}
