package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void saysOneLinePerPartAndThatAllWork() {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    int code =
        CommandLines.execute(CommandLines.create(new LatticeLift(), writer, writer), "doctor");
    assertThat(out.toString())
        .doesNotContain("FAILED")
        .containsPattern("(?m)^vector kernels +jdk\\.incubator\\.vector, \\d+ bits$")
        .containsPattern("(?m)^HDF5 +.*reads back equal$")
        .containsPattern("(?m)^engine +PyTorch 2\\.\\d+")
        .containsPattern("(?m)^GPU ")
        .containsPattern("(?m)^transports +local");
    assertThat(code).isZero();
  }
}
