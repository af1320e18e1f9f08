package org.latticelift.learn.nd4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J on a GPU, of a kind that ND4J's CUDA library was compiled for. */
public final class Nd4jCudaKernel extends Nd4jKernel {
  private static final String CUDA = "Cublas";

  private final GpuQuery query;

  /** Found by {@link java.util.ServiceLoader}. */
  public Nd4jCudaKernel() {
    this(GpuQuery.driver());
  }

  Nd4jCudaKernel(GpuQuery query) {
    this.query = query;
  }

  @Override
  public String name() {
    return "nd4j-cuda";
  }

  @Override
  public void check() {
    ComputeCapability.requireUsable(query.capabilities());
    super.check();
    if (!Nd4j.getBackend().getClass().getSimpleName().contains(CUDA)) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "ND4J's CUDA library is not installed",
          "ensemble.device: gpu",
          "cpu, or gpu after learn/nd4j/setup cuda",
          "Run that and start again, or set ensemble.device: cpu");
    }
  }

  /** Finds out which GPUs a machine has. */
  interface GpuQuery {
    /** Compute capabilities such as {@code 8.6}, one for each GPU; none without driver or GPU. */
    List<String> capabilities();

    /** Asks the driver's {@code nvidia-smi}. */
    static GpuQuery driver() {
      return () -> {
        ProcessBuilder command =
            new ProcessBuilder("nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader");
        try {
          Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
          String text =
              new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
          boolean answered = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
          return answered ? text.lines().map(String::strip).toList() : List.of();
        } catch (IOException e) {
          return List.of();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return List.of();
        }
      };
    }
  }

  /** The kinds of GPU that ND4J's CUDA library has machine code for; it has none for later ones. */
  static final class ComputeCapability {
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
}
