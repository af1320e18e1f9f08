package org.latticelift.sim.schedule;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.system.Duration;

/** What passes between two records of a run under a schedule: times at constant conditions. */
final class Course {
  private final List<List<Leg>> legs = new ArrayList<>();

  /**
   * A time at one condition.
   *
   * @param value of the condition
   * @param duration a time
   */
  record Leg(double value, Duration duration) {}

  /**
   * @param records after the initial one
   * @param change largest change of the condition within a leg
   * @param step of systems whose time goes in steps, of which legs then are multiples; else 0
   */
  Course(Schedule schedule, int records, double change, double step) {
    List<Piece> pieces = schedule.pieces(change);
    double length = schedule.length();
    int from = 0;
    for (int r = 0; r < records; r++) {
      double first = length * r / records;
      double last = r + 1 == records ? length : length * (r + 1) / records;
      while (pieces.get(from).end() <= first) {
        from++;
      }
      Duration whole = Duration.time(length / records);
      List<Leg> between = new ArrayList<>();
      for (int p = from; p < pieces.size() && pieces.get(p).start() < last; p++) {
        Piece piece = pieces.get(p);
        if (piece.start() <= first && piece.end() >= last) {
          between.add(new Leg(piece.value(), whole)); // as without a schedule
        } else {
          add(piece.part(first, last), step, between);
        }
      }
      if (between.isEmpty()) {
        between.add(new Leg(schedule.value(first), Duration.time(0))); // shorter than a step
      }
      legs.add(List.copyOf(between));
    }
  }

  private static void add(Piece piece, double step, List<Leg> legs) {
    double time =
        step > 0
            ? (Math.rint(piece.end() / step) - Math.rint(piece.start() / step)) * step
            : piece.length();
    if (time > 0) {
      legs.add(new Leg(piece.value(), Duration.time(time)));
    }
  }

  /** Between a record and the next. */
  List<Leg> after(int record) {
    return legs.get(record);
  }
}
