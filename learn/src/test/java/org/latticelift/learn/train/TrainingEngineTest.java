package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

class TrainingEngineTest {
  @Test
  void javaIsTheDefaultOnTheCpu() {
    assertThat(TrainingEngine.AUTO.resolve(TrainingDevice.AUTO).name()).startsWith("java vector-");
    assertThat(TrainingEngine.AUTO.resolve(TrainingDevice.CPU).name()).startsWith("java ");
    assertThat(TrainingEngine.DJL.resolve(TrainingDevice.CPU).name()).startsWith("djl pytorch 2.");
  }

  @Test
  void javaOnAGpuIsAMistakeOfTheConfiguration() {
    assertThatThrownBy(() -> TrainingEngine.JAVA.check(TrainingDevice.GPU))
        .isInstanceOfSatisfying(
            LatticeLiftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA));
  }
}
