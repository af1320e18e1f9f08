package org.latticelift.bench.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.atoms.AtomFiles;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.Inspector;
import org.latticelift.learn.barrierfit.NetworkTrainingConfig.BarrierTableCsv;

/**
 * The readers as the fuzzer Jazzer calls them, which looks for inputs that reach new code. The
 * property {@code fuzz.file} names the file that inputs are written to; its ending says which
 * reader it is for. Needs nothing of Jazzer to compile.
 */
public final class FuzzedReader {
  private static final Path FILE = Path.of(System.getProperty("fuzz.file", "fuzzed.h5"));
  private static final Set<ExitCode> USER = Set.of(ExitCode.BAD_DATA, ExitCode.MISSING_INPUT);

  private FuzzedReader() {}

  /**
   * One input.
   *
   * @param input bytes of a file
   * @throws IOException if it cannot be written
   */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      read(FILE.getFileName().toString());
    } catch (LatticeLiftException e) {
      boolean words = e.getMessage().matches(".+ \\(.*\\): .+\\. .+");
      if (!words || !USER.contains(e.exitCode())) {
        throw e;
      }
    }
  }

  private static void read(String name) {
    switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "yaml" -> {
        Pipeline pipeline = Pipeline.load(FILE, List.of(), OptionalLong.empty());
        pipeline.check(pipeline.stages());
      }
      case "csv" -> {
        CsvReader.rows(FILE);
        BarrierTableCsv.read(FILE, 3, 2, List.of("Nb", "Mo", "Ta"));
      }
      case "h5" -> Inspector.describe(FILE);
      default -> AtomFiles.read(FILE, List.of());
    }
  }
}
