package org.latticelift.io.error;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatticeLiftExceptionTest {
  /** What stands in a damaged file would otherwise clear the screen or colour it. */
  @Test
  void aMessageIsOneLineThatControlsNoTerminal() {
    String name = "a\u001b[2J\u0007\u0000b\nc\u0085d\u2028e";
    assertThat(LatticeLiftException.badData("no species " + name, "x.xyz:3", "Nb", "Correct it"))
        .hasMessage("no species a?[2J??b c d e (x.xyz:3): Nb. Correct it");
  }

  /** Java says the name of the file alone, or what the system says behind it. */
  @Test
  void aFailureToWriteHasAReason(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Files.createDirectory(folder.resolve("full"));
    Files.createFile(folder.resolve("full/file"));
    assertThat(reason(() -> Files.writeString(folder, ""))).isEqualTo("Is a directory");
    assertThat(reason(() -> Files.createDirectories(file)))
        .isEqualTo("a part of the path is a file");
    assertThat(reason(() -> Files.createDirectories(file.resolve("x"))))
        .isEqualTo("Not a directory");
    assertThat(reason(() -> Files.writeString(folder.resolve("no/file"), "")))
        .isEqualTo("its folder does not exist");
    assertThat(reason(() -> Files.move(file, folder.resolve("full"), REPLACE_EXISTING)))
        .isEqualTo("there is a folder of this name");
    IOException denied = new AccessDeniedException("file");
    assertThat(LatticeLiftException.reason(new UncheckedIOException(denied)))
        .isEqualTo("permission denied");
    for (String said : List.of("Read-only file system", "No space left on device")) {
      IOException system = new FileSystemException("file", null, said);
      assertThat(LatticeLiftException.reason(new IllegalStateException(system))).isEqualTo(said);
      assertThat(LatticeLiftException.reason(new IOException(said))).isEqualTo(said);
    }
    assertThat(LatticeLiftException.reason(new FileSystemException("file")))
        .isEqualTo("FileSystemException");
  }

  private static String reason(ThrowingCallable write) {
    Throwable failure = catchThrowable(write);
    assertThat(failure).isInstanceOf(IOException.class);
    return LatticeLiftException.reason(failure);
  }
}
