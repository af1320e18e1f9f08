package org.latticelift.sim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  /** Cools from 2000 to 1003 in 10, stays for 5, jumps to 1500 and heats to 1510 in 1. */
  private static final Schedule SCHEDULE =
      new Schedule(
          List.of(
              new Segment(0, 10, 2000, 1003),
              new Segment(10, 15, 1003, 1003),
              new Segment(15, 16, 1500, 1510)));

  @Test
  void valuesAreThoseOfTheSegments() {
    assertThat(SCHEDULE.start()).isEqualTo(2000);
    assertThat(SCHEDULE.length()).isEqualTo(16);
    assertThat(SCHEDULE.value(0)).isEqualTo(2000);
    assertThat(SCHEDULE.value(5)).isCloseTo(1501.5, within(1e-9));
    assertThat(SCHEDULE.value(10)).isEqualTo(1003);
    assertThat(SCHEDULE.value(15)).isEqualTo(1500);
    assertThat(SCHEDULE.value(16)).isEqualTo(1510);
    assertThat(SCHEDULE.value(99)).isEqualTo(1510);
    assertThat(SCHEDULE.lowest()).isEqualTo(1003);
    assertThat(SCHEDULE.highest()).isEqualTo(2000);
  }

  /**
   * Pieces cover the time, change by no more than asked, and their mean is that of the schedule.
   */
  @Test
  void piecesFollowTheSchedule() {
    for (double change : new double[] {0.7, 2, 300, 5000}) {
      List<Piece> pieces = SCHEDULE.pieces(change);
      double time = 0;
      double integral = 0;
      for (Piece piece : pieces) {
        assertThat(piece.start()).isEqualTo(time);
        assertThat(piece.length()).isPositive();
        double middle = (piece.start() + piece.end()) / 2;
        assertThat(piece.value()).isCloseTo(SCHEDULE.value(middle), within(1e-6));
        double change2 =
            Math.abs(SCHEDULE.value(piece.end() - 1e-9) - SCHEDULE.value(piece.start()));
        assertThat(change2).isLessThanOrEqualTo(change * (1 + 1e-6));
        integral += piece.length() * piece.value();
        time = piece.end();
      }
      assertThat(time).isEqualTo(16);
      assertThat(integral).isCloseTo(10 * 1501.5 + 5 * 1003 + 1505, within(1e-6));
    }
    assertThat(SCHEDULE.pieces(5000)).hasSize(3);
  }

  @Test
  void differentRampsShareTheValuesOfTheirPieces() {
    Schedule slow = new Schedule(List.of(new Segment(0, 70, 999, 1201.3)));
    List<Double> values = SCHEDULE.pieces(2).stream().map(Piece::value).toList();
    List<Double> others = slow.pieces(2).stream().map(Piece::value).toList();
    assertThat(values).containsAll(others.stream().filter(v -> v > 1004 && v < 1200).toList());
  }

  @Test
  void partsKeepTheValueOfTheirPiece() {
    Piece last = SCHEDULE.pieces(100).get(9);
    assertThat(last.part(9.99, 12)).isEqualTo(new Piece(9.99, 10, last.value()));
    assertThat(last.part(0, 9.99)).isEqualTo(new Piece(last.start(), 9.99, last.value()));
  }
}
