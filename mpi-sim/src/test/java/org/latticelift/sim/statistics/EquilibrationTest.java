package org.latticelift.sim.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.statistics.LateAverages.Equilibration;

class EquilibrationTest {
  private final AutoRegression process = new AutoRegression(0.95); // relaxes in 20 values

  @Test
  void aTransientOfManyDeviationsIsDropped() {
    double mean = 0;
    int ended = 0;
    for (long seed = 0; seed < 50; seed++) {
      Equilibration found = Equilibration.of(process.runs(4, 1000, 20, seed));
      ended += found.found() ? 1 : 0;
      // 20 exp(-t/20) is below 2 after 46 values
      assertThat(found.dropped()).isGreaterThan(46);
      mean += found.dropped() / 50.0;
    }
    assertThat(mean).isLessThan(200);
    assertThat(ended).isGreaterThanOrEqualTo(45);
  }

  @Test
  void littleIsDroppedWithoutATransient() {
    double dropped = 0;
    for (long seed = 0; seed < 50; seed++) {
      dropped += Equilibration.of(process.stationary(4, 1000, seed)).dropped() / 50.0;
    }
    assertThat(dropped).isLessThan(200);
  }

  @Test
  void aRecordThatStillMovesIsTooShort() {
    double[] line = new double[100];
    for (int i = 0; i < line.length; i++) {
      line[i] = i;
    }
    Equilibration found = Equilibration.of(List.of(line));
    assertThat(found.found()).isFalse();
    assertThat(found.dropped()).isEqualTo(50);
  }

  @Test
  void oneValueIsKept() {
    assertThat(Equilibration.of(List.of(new double[] {7}))).isEqualTo(new Equilibration(0, true));
  }
}
