package org.latticelift.learn.nd4j;

import java.util.List;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** The kinds of GPU that ND4J's CUDA library has machine code for; it has none for later ones. */
final class ComputeCapability {
  private static final int LEAST = 37;
  private static final int GREATEST = 86;

  private ComputeCapability() {}

  /**
   * Refuses a machine whose first GPU cannot be used.
   *
   * @param capabilities such as {@code 8.6}, one for each GPU
   * @throws LatticeLiftException (69) without a GPU, or with one that is too old or too new
   */
  static void requireUsable(List<String> capabilities) {
    if (capabilities.isEmpty()) {
      throw unavailable("no GPU that its driver shows");
    }
    String first = capabilities.get(0);
    if (!first.matches("[0-9]+\\.[0-9]")) {
      throw unavailable("a GPU of unknown kind '" + first + "'");
    }
    int number = Integer.parseInt(first.replace(".", ""));
    if (number < LEAST || number > GREATEST) {
      throw unavailable("a GPU of compute capability " + first);
    }
  }

  private static LatticeLiftException unavailable(String what) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        what,
        "ensemble.device: gpu",
        "compute capability 3.7 to 8.6, which ND4J's CUDA library was compiled for",
        "Set ensemble.device: cpu, or ensemble.engine: java, which is faster on a processor");
  }
}
