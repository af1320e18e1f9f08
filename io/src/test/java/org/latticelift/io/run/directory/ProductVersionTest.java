package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.latticelift.io.run.directory.Provenance.ProductVersion;

/** What files say of the program that has made them. */
class ProductVersionTest {
  private static String read(String... text) {
    Properties properties = new Properties();
    for (String value : text) {
      properties.setProperty("version", value);
    }
    return ProductVersion.version(properties);
  }

  @Test
  void aWordThatNothingHasReplacedIsNoVersion() {
    assertThat(read("0.2.0")).isEqualTo("0.2.0");
    assertThat(read("${project.version}")).isEqualTo("unknown");
    assertThat(read()).isEqualTo("unknown");
  }

  @Test
  void thisBuildHasAVersion() {
    assertThat(ProductVersion.version()).matches("\\d+\\.\\d+.*");
  }
}
