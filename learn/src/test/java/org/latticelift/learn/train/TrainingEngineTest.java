package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;

class TrainingEngineTest {
  @Test
  void javaIsTheDefaultOnTheCpu() {
    assertThat(TrainingEngine.AUTO.resolve(TrainingDevice.AUTO).name()).startsWith("java vector-");
    assertThat(TrainingEngine.AUTO.resolve(TrainingDevice.CPU).name()).startsWith("java ");
    assertThat(TrainingEngine.DJL.resolve(TrainingDevice.CPU).name()).startsWith("djl pytorch 2.");
  }

  @Test
  void javaOnAGpuIsAMistakeOfTheConfiguration() {
    assertFails(ExitCode.BAD_DATA, () -> TrainingEngine.JAVA.check(TrainingDevice.GPU));
  }
}
