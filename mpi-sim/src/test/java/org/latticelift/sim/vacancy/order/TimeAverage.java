package org.latticelift.sim.vacancy.order;

import org.latticelift.sim.vacancy.kmc.ResidenceObserver;

/**
 * Averages of order parameters over time, every state weighted with the time spent in it. The
 * counts are to be kept up to date by {@link OrderParameters#tracker}.
 */
public final class TimeAverage implements ResidenceObserver {
  private final OrderParameters order;
  private final Counts counts;
  private final double[] weighted;
  private final double[] values;
  private double time;

  /**
   * An average over no time yet.
   *
   * @param order the order parameters
   * @param counts their counts, changed by others
   */
  public TimeAverage(OrderParameters order, Counts counts) {
    this.order = order;
    this.counts = counts;
    weighted = new double[order.size()];
    values = new double[order.size()];
  }

  @Override
  public void resided(double seconds) {
    time += seconds;
    order.values(counts, 1, values);
    for (int i = 0; i < weighted.length; i++) {
      weighted[i] += seconds * values[i];
    }
  }

  /**
   * Time averaged over.
   *
   * @return s
   */
  public double seconds() {
    return time;
  }

  /**
   * The averages.
   *
   * @param out filled with one value per order parameter; not a number before any time has passed
   */
  public void values(double[] out) {
    for (int i = 0; i < weighted.length; i++) {
      out[i] = weighted[i] / time;
    }
  }
}
