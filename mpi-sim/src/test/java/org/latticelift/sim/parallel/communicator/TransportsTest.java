package org.latticelift.sim.parallel.communicator;

import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;

/** Transports that cannot be loaded. */
class TransportsTest {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int OF_THE_FUTURE = 999;

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(Transports.FOLDER);
  }

  /** As Java 17 meets {@code ffm}, whose classes are of version 22. */
  @Test
  void oneThatWasBuiltForANewerJavaIsUnavailable() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("late/classes"));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(Transport.class.getName()), "Late\n");
    byte[] begin = ByteBuffer.allocate(16).putInt(MAGIC).putInt(OF_THE_FUTURE).array();
    Files.write(classes.resolve("Late.class"), begin);
    System.setProperty(Transports.FOLDER, folder.toString());
    assertFails(
        ExitCode.UNAVAILABLE,
        () -> Transports.load("late"),
        "'late' needs a newer Java",
        "JAVA_HOME");
  }
}
