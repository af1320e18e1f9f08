package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.learn.certificate.BaselineFile.Baseline;
import org.latticelift.learn.certificate.BaselineFile.Baseline.BaselineValue;

class BaselineFileTest {
  @TempDir private Path folder;

  @Test
  void valuesAreReadBack() throws IOException {
    List<BaselineValue> values =
        List.of(
            new BaselineValue(
                Baseline.SMALL_RUNS, "T2000", "MoMo", BiasedValue.LATE_MEAN, -0.68, -0.67, 0.002),
            new BaselineValue(
                Baseline.RUN,
                "T2000",
                "MoMo",
                BiasedValue.LATE_DEVIATION,
                0.03,
                Double.NaN,
                Double.NaN));
    Path file = folder.resolve(BaselineFile.NAME);
    Files.writeString(file, BaselineFile.text(values));
    assertThat(BaselineFile.read(file)).isEqualTo(values);
  }
}
