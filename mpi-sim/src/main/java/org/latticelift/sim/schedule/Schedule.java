package org.latticelift.sim.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The condition as a function of time, from time 0 to its length: straight segments without gaps,
 * which may jump from one value to another where two of them meet. Immutable.
 */
public final class Schedule {
  private final List<Segment> segments;

  /** Real times at the ends of the segments; empty where they follow from the simulated ones. */
  private final double[] realEnds;

  private final double lowest;
  private final double highest;

  Schedule(List<Segment> segments) {
    this.segments = List.copyOf(segments);
    this.realEnds = new double[0];
    this.lowest = segments.stream().mapToDouble(s -> Math.min(s.from(), s.to())).min().orElse(0);
    this.highest = segments.stream().mapToDouble(s -> Math.max(s.from(), s.to())).max().orElse(0);
  }

  /** Of a schedule that was written in real time, of whose values some may take no time. */
  Schedule(List<Segment> segments, double[] realEnds, Schedule written) {
    this.segments = List.copyOf(segments);
    this.realEnds = realEnds.clone();
    this.lowest = written.lowest;
    this.highest = written.highest;
  }

  double[] realEnds() {
    return realEnds.clone();
  }

  /** A value that stays ({@code length}: time, positive). */
  public static Schedule constant(double value, double length) {
    return new Schedule(List.of(new Segment(0, length, value, value)));
  }

  /** An even change from one value to another ({@code length}: time, positive). */
  public static Schedule slope(double from, double to, double length) {
    return new Schedule(List.of(new Segment(0, length, from, to)));
  }

  /**
   * Straight lines between points ({@code times}: of the points, ascending from 0; equal ones for a
   * jump; {@code values}: of the condition at these times, as many), as a file with these rows
   * would be read.
   */
  public static Schedule through(double[] times, double[] values) {
    ScheduleBuilder builder = new ScheduleBuilder("points");
    ScheduleBuilder.Points points = builder.points();
    for (int i = 0; i < times.length; i++) {
      points.add(times[i], values[i], "point " + (i + 1));
    }
    points.end("points");
    return builder.build();
  }

  /** Whether it was written in real time, and converted. */
  public boolean real() {
    return realEnds.length > 0;
  }

  /** The straight pieces, in the order of time, each beginning where the one before ends. */
  public List<Segment> segments() {
    return segments;
  }

  /** How long it lasts. */
  public double length() {
    return segments.get(segments.size() - 1).end();
  }

  /** The first value: that of the condition whose states a protocol begins with, at time 0. */
  public double start() {
    return segments.get(0).from();
  }

  /**
   * The value at a time; after a jump where there is one.
   *
   * @param time clamped to 0 ... length
   */
  public double value(double time) {
    for (Segment segment : segments) {
      if (time < segment.end()) {
        return segment.value(time);
      }
    }
    return segments.get(segments.size() - 1).to();
  }

  /** Smallest value. */
  public double lowest() {
    return lowest;
  }

  /** Largest value. */
  public double highest() {
    return highest;
  }

  /**
   * Pieces so short that the value in their middle stands for all of them (EX-51). Slopes are cut
   * where the value is a multiple of the largest change, so schedules that pass through the same
   * values share most values of their pieces.
   *
   * @param change largest change of the value within a piece, positive
   * @return in the order of time, without gaps
   */
  public List<Piece> pieces(double change) {
    List<Piece> pieces = new ArrayList<>();
    segments.forEach(segment -> cut(segment, change, pieces));
    return pieces;
  }

  private static void cut(Segment whole, double change, List<Piece> pieces) {
    boolean rising = whole.to() > whole.from();
    long lowest = (long) Math.floor(Math.min(whole.from(), whole.to()) / change) + 1;
    long highest = (long) Math.ceil(Math.max(whole.from(), whole.to()) / change) - 1;
    double start = whole.start();
    double value = whole.from();
    for (long k = 0; k <= highest - lowest; k++) {
      double mark = change * (rising ? lowest + k : highest - k);
      double time = whole.time(mark);
      if (time > start && time < whole.end()) {
        pieces.add(new Piece(start, time, value + (mark - value) / 2));
        start = time;
        value = mark;
      }
    }
    pieces.add(new Piece(start, whole.end(), value + (whole.to() - value) / 2));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule schedule && schedule.segments.equals(segments);
  }

  @Override
  public int hashCode() {
    return segments.hashCode();
  }

  @Override
  public String toString() {
    return segments.toString();
  }
}
