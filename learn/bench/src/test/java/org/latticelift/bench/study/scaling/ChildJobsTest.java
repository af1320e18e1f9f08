package org.latticelift.bench.study.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latticelift.bench.speed.DistributedSpeed;
import org.latticelift.bench.speed.DistributedSpeed.PerRank;
import org.latticelift.bench.speed.Numbers;
import org.latticelift.bench.study.speed.FlickerBenchmark.FlickerGain;
import org.latticelift.bench.study.speed.FlickerBenchmark.Quartiles;

/** How jobs are started. */
class ChildJobsTest {
  private static final String HOME = "latticelift.home";

  private String before;

  @BeforeEach
  void setHome() {
    before = System.setProperty(HOME, "/home");
  }

  @AfterEach
  void resetHome() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  private static String words(String transport, int ranks) {
    return String.join(
        " ", new ChildJobs(transport, Path.of("out")).words(ranks, List.of("bench", "x")));
  }

  @Test
  void theLauncherChoosesTheTransportUnlessItIsGiven() {
    assertThat(words(null, 2)).isEqualTo("/home/latticelift --np 2 bench x");
    assertThat(words("mpj", 2)).isEqualTo("/home/latticelift --np 2 --transport mpj bench x");
  }

  @Test
  void oneRankNeedsNone() {
    assertThat(words("ffm", 1)).isEqualTo("/home/latticelift --np 1 --transport local bench x");
  }

  @Test
  void numbersOfPartsStandInTheObjectAroundThem() {
    var speed =
        new DistributedSpeed("local", 1, 2, 3, 4, 5, 6, new PerRank(7, 8, 9, 10, 11), 12, 13);
    String text = Numbers.JSON.toJson(List.of(speed));
    assertThat(text.replaceAll("\\s", ""))
        .isEqualTo(
            "[{\"transport\":\"local\",\"ranks\":1,\"sites\":2,\"setupSeconds\":3.0,\"cycles\":4,"
                + "\"events\":5,\"seconds\":6.0,\"evolveSeconds\":7.0,\"exchangeSeconds\":8.0,"
                + "\"waitSeconds\":9.0,\"messages\":10.0,\"bytes\":11.0,\"observeSeconds\":12.0,"
                + "\"peakMebibytes\":13.0}]");
    assertThat(Numbers.JSON.fromJson(text, DistributedSpeed[].class)).containsExactly(speed);
    var gain = new FlickerGain("m", 1, 2, 3, new Quartiles(4, Double.NaN), 5, 6, 7, 8, 9);
    assertThat(Numbers.JSON.toJson(gain)).contains("\"upperQuartile\": NaN");
  }
}
