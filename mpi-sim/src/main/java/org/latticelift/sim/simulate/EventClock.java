package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The time that events take, known from a course of events and times; after its end they go on at
 * the pace of its second half. So a beginning that is faster or slower than what follows is counted
 * once and not for all events.
 *
 * @param events per patch, ascending from 0
 * @param time when so many were made, as many numbers
 */
record EventClock(double[] events, double[] time) {
  /** Differences below are those of the order of operations. */
  private static final double ROUNDING = 1e-9;

  /**
   * Events and times of one run, record by record from the initial one.
   *
   * @param events of all patches
   * @param time in the unit of the system
   */
  record Course(long[] events, double[] time) {}

  /**
   * The mean of several runs that were recorded at the same times, or after the same numbers of
   * events.
   *
   * @param runs with as many records each
   * @param patches of the system, which share the events
   * @return empty where there are no events
   */
  static Optional<EventClock> of(List<Course> runs, long patches) {
    List<double[]> points = new ArrayList<>();
    double last = -1;
    for (int record = 0; !runs.isEmpty() && record < runs.get(0).time().length; record++) {
      double events = 0;
      double time = 0;
      for (Course run : runs) {
        events += run.events()[record] / (double) patches / runs.size();
        time += run.time()[record] / runs.size();
      }
      if (events > last) {
        points.add(new double[] {events, time});
        last = events;
      }
    }
    return last > 0 ? Optional.of(through(points)) : Optional.empty();
  }

  /**
   * A clock through points.
   *
   * @param points events per patch and time of each, ascending, from the origin
   * @return the clock
   */
  static EventClock through(List<double[]> points) {
    return new EventClock(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  /**
   * The time in which a number of events is made on average.
   *
   * @param wanted per patch, not negative
   * @return in the unit of time; events without any time where there are no events
   */
  double timeOf(double wanted) {
    int last = events.length - 1;
    double plain = wanted * (time[last] / events[last]);
    double found = wanted > events[last] ? beyond(wanted, last) : within(wanted);
    // A clock that runs evenly gives the same bits however long it was observed.
    return Math.abs(found - plain) <= ROUNDING * plain ? plain : found;
  }

  private double beyond(double wanted, int last) {
    int half = Math.min(last - 1, firstReaching(events[last] / 2));
    double pace = (time[last] - time[half]) / (events[last] - events[half]);
    return time[last] + (wanted - events[last]) * pace;
  }

  private double within(double wanted) {
    int next = Math.max(1, firstReaching(wanted));
    double part = (wanted - events[next - 1]) / (events[next] - events[next - 1]);
    return time[next - 1] + part * (time[next] - time[next - 1]);
  }

  /** Smallest index of at least so many events, which are not more than all. */
  private int firstReaching(double wanted) {
    int found = Arrays.binarySearch(events, wanted);
    return found >= 0 ? found : -found - 1;
  }
}
