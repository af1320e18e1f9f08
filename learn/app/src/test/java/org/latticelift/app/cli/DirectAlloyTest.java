package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.vacancy.barrier.BarrierModels;

/**
 * The configuration of the direct 1024-site runs at an eighth of its length, 2000 K: order
 * parameters and time per jump with the published network, in the authors' order.
 */
@Tag("pipeline")
class DirectAlloyTest {
  private static final double[] EXPECTED = {-0.057, 0.164, -0.116, -0.665, 0.486, -0.352};
  private static final double SECONDS_PER_JUMP = 1.625e-10;
  private static final int BURN_IN_RECORDS = 500;
  private static final int RUNS = 2;

  @TempDir Path folder;

  @Test
  void twoMillionJumpsAt2000K() {
    Path weights = SharedData.find("nnk-nbmota/weights.h5");
    Path configs = BarrierModels.shipped("small").getParent().getParent();
    Path out = folder.resolve("direct");
    StringWriter err = new StringWriter();
    int code =
        CommandLines.execute(
            CommandLines.create(
                new LatticeLift(), new PrintWriter(new StringWriter()), new PrintWriter(err)),
            "kmc",
            configs.resolve("paper/alloy-direct-1024.yaml").toString(),
            "--out=" + out,
            "--quiet",
            "--set=barrier.weights=" + weights,
            "--set=barrier.cache_mib=64",
            "--set=conditions.temperature_K=[2000]",
            "--set=direct.runs=" + RUNS,
            "--set=direct.records=5500",
            "--set=direct.duration.events=1100000");
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    compare(out.resolve("trajectory.h5"));
  }

  private static void compare(Path trajectory) {
    double[] mean = new double[EXPECTED.length];
    double secondsPerJump = 0;
    try (Hdf5Reader reader = Hdf5Reader.open(trajectory)) {
      for (int run = 0; run < RUNS; run++) {
        String group = "/T2000/run" + run;
        double[] values = reader.doubles(group + "/observables");
        double[] time = reader.doubles(group + "/time");
        long[] jumps = reader.longs(group + "/jumps");
        int last = time.length - 1;
        for (int i = BURN_IN_RECORDS + 1; i <= last; i++) {
          for (int k = 0; k < mean.length; k++) {
            mean[k] += values[i * mean.length + k] / (last - BURN_IN_RECORDS) / RUNS;
          }
        }
        secondsPerJump +=
            (time[last] - time[BURN_IN_RECORDS]) / (jumps[last] - jumps[BURN_IN_RECORDS]) / RUNS;
      }
    }
    System.out.printf(
        "2 million jumps at 2000 K: %s, %.4g s per jump%n", Arrays.toString(mean), secondsPerJump);
    for (int k = 0; k < mean.length; k++) {
      // 0.01 and three standard errors of so few jumps
      assertThat(mean[k]).isCloseTo(EXPECTED[k], within(0.03));
    }
    assertThat(secondsPerJump).isCloseTo(SECONDS_PER_JUMP, Percentage.withPercentage(1.5));
  }
}
