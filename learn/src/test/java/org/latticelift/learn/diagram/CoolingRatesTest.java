package org.latticelift.learn.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.Schedule;

/** Lengths of coolings, and how much of them is predicted. */
class CoolingRatesTest {
  /** Time units at 1000 and 2000 K that differ by a factor of a million. */
  private static final SdeScaling SCALING =
      new SdeScaling(
          new double[] {0}, new double[] {1}, new double[] {1000, 2000}, new double[] {1, 1e-6});

  private final CoolingRates rates = new CoolingRates(SCALING, new Clocks(Optional.empty(), false));

  private static double units(Schedule schedule) {
    double units = 0;
    for (Piece piece : schedule.pieces(2)) {
      units += piece.length() / SCALING.timeUnit(piece.value(), false);
    }
    return units;
  }

  /** Order forgets in a few time units; two hundred of them are predicted, and no more. */
  @Test
  void ofASlowCoolingTwoHundredTimeUnitsAreRemembered() {
    List<Double> lengths = rates.lengths(9);
    double slowest = lengths.get(8);
    assertThat(units(Schedule.slope(2000, 1000, slowest))).isGreaterThan(10_000);
    Schedule remembered = rates.schedule(slowest);
    assertThat(units(remembered)).isBetween(195.0, 250.0);
    assertThat(remembered.start()).isBetween(1000.0, 1999.0);
    assertThat(remembered.value(remembered.length())).isEqualTo(1000);
    double rate = (remembered.start() - 1000) / remembered.length();
    assertThat(rate).isCloseTo(rates.rate(slowest), withPercentage(1e-6));
  }

  @Test
  void aFastCoolingIsPredictedAsAWhole() {
    double fastest = rates.lengths(9).get(0);
    Schedule whole = rates.schedule(fastest);
    assertThat(whole).isEqualTo(Schedule.slope(2000, 1000, fastest));
    assertThat(units(whole)).isCloseTo(0.1, within(0.001));
  }
}
