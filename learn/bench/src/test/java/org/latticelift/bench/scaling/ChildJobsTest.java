package org.latticelift.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}
