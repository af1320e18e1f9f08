package org.latticelift.learn.nd4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
