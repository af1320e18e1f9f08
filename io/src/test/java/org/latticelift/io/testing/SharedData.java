package org.latticelift.io.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference data that lies beside the checkout, not in it. */
public final class SharedData {
  private static final String VARIABLE = "LATTICELIFT_SHARED";

  private SharedData() {}

  /**
   * Finds a file or skips the test.
   *
   * @param name path below {@code shared/data}, such as {@code nnk-nbmota/weights.h5}
   * @return the existing file
   */
  public static Path find(String name) {
    String set = System.getenv(VARIABLE);
    Path found = set == null ? search(name) : Path.of(set, "data").resolve(name);
    Assumptions.assumeTrue(
        found != null && Files.exists(found),
        "SKIPPED: shared/data/" + name + " is not beside the checkout; set " + VARIABLE);
    return found;
  }

  private static Path search(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve("shared").resolve("data").resolve(name);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
