package org.latticelift.sim.schedule;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/** Puts segments one after the other and refuses what is no schedule. */
final class ScheduleBuilder {
  private static final int MOST_SEGMENTS = 1_000_000;

  private final List<Segment> segments = new ArrayList<>();
  private final String where;

  /**
   * @param where the section, for messages
   */
  ScheduleBuilder(String where) {
    this.where = where;
  }

  boolean empty() {
    return segments.isEmpty();
  }

  /** Where the last segment ended. */
  double value() {
    return segments.get(segments.size() - 1).to();
  }

  private double time() {
    return empty() ? 0 : segments.get(segments.size() - 1).end();
  }

  /** Adds a straight piece ({@code at}: place in the configuration or file, for messages). */
  void add(double length, double from, double to, String at) {
    double start = time();
    if (!(length > 0) || Double.isInfinite(start + length) || start + length == start) {
      throw LatticeLiftException.badData(
          "a part of a schedule that takes " + length + " after " + start,
          at,
          "positive times that add up",
          "Correct the time");
    }
    requireValue(from, at);
    requireValue(to, at);
    if (segments.size() == MOST_SEGMENTS) {
      throw LatticeLiftException.badData(
          "a schedule of more than a million parts", at, "fewer", "Shorten it");
    }
    segments.add(new Segment(start, start + length, from, to));
  }

  void add(Schedule schedule, int count, String at) {
    for (int i = 0; i < count; i++) {
      for (Segment segment : schedule.segments()) {
        add(segment.end() - segment.start(), segment.from(), segment.to(), at);
      }
    }
  }

  private static void requireValue(double value, String at) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw LatticeLiftException.badData(
          "a schedule with the value " + value, at, "finite numbers above 0", "Correct the value");
    }
  }

  /** Straight lines between points that are added next. */
  Points points() {
    return new Points();
  }

  Schedule build() {
    if (empty()) {
      throw LatticeLiftException.badData(
          "an empty schedule", where, "at least one protocol", "Write one, or leave it out");
    }
    return new Schedule(segments);
  }

  /** Points at times that begin at 0 where the segments before end. */
  final class Points {
    private int count;
    private double lastTime;
    private double lastValue;

    /**
     * Goes on to a point ({@code time}: not before that of the last point; equal to it for a jump;
     * {@code at}: place, for messages).
     */
    void add(double time, double value, String at) {
      requireValue(value, at);
      if (!(time >= 0) || Double.isInfinite(time)) {
        throw LatticeLiftException.badData(
            "a schedule with the time " + time, at, "times from 0 on", "Correct the time");
      }
      if (count == 0 && time > 0) {
        throw LatticeLiftException.badData(
            "a schedule with a gap from 0 to " + time,
            at,
            "a first point at time 0",
            "Add the value at the beginning");
      }
      if (time < lastTime) {
        throw LatticeLiftException.badData(
            "a schedule that goes back in time, from " + lastTime + " to " + time,
            at,
            "times that do not decrease",
            "Order the points by time");
      }
      if (time > lastTime) {
        ScheduleBuilder.this.add(time - lastTime, lastValue, value, at);
      }
      count++;
      lastTime = time;
      lastValue = value;
    }

    /** Ends the list of points ({@code at}: place, for messages). */
    void end(String at) {
      if (!(lastTime > 0)) {
        throw LatticeLiftException.badData(
            "a schedule of " + count + " points that takes no time",
            at,
            "at least two points at different times",
            "Add the others");
      }
    }
  }
}
