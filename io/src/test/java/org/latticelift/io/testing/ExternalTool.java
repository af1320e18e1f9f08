package org.latticelift.io.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs that check files from outside; a missing one skips the test. */
public final class ExternalTool {
  private ExternalTool() {}

  /**
   * Output of a program that must succeed; the test is skipped where it is not installed.
   *
   * @param command program and arguments
   * @return standard output and error
   */
  public static String run(String... command) {
    return run(Redirect.PIPE, command);
  }

  private static String run(Redirect errors, String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
      Process process = builder.redirectErrorStream(errors == Redirect.PIPE).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(List.of(command) + " failed: " + output + text(errors));
      }
      return output;
    } catch (IOException e) {
      Assumptions.abort("SKIPPED: " + command[0] + " is not installed");
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Redirect errors) throws IOException {
    return errors == Redirect.PIPE ? "" : Files.readString(errors.file().toPath());
  }

  /**
   * Output of a Python program that uses h5py; the test is skipped where h5py is not installed.
   *
   * @param program Python source
   * @param arguments values of {@code sys.argv[1:]}
   * @return standard output
   */
  public static String h5py(String program, String... arguments) {
    return python(List.of("h5py"), program, arguments);
  }

  /**
   * Output of a Python program; the test is skipped where a module that it uses is not installed.
   * What modules warn of goes to standard error, which differs between their versions.
   *
   * @param modules their names, which are those of Debian's packages
   * @param program Python source
   * @param arguments values of {@code sys.argv[1:]}
   * @return standard output
   */
  public static String python(List<String> modules, String program, String... arguments) {
    String find = "import importlib.util as u, sys; print(u.find_spec(sys.argv[1]))";
    for (String module : modules) {
      Assumptions.assumeTrue(
          run("/usr/bin/python3", "-c", find, module).contains("ModuleSpec"),
          "SKIPPED: python3-" + module + " is not installed");
    }
    String[] command = new String[arguments.length + 3];
    command[0] = "/usr/bin/python3";
    command[1] = "-c";
    command[2] = program;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Path errors = Files.createTempFile("python", ".err");
      try {
        return run(Redirect.to(errors.toFile()), command);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
