package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.vacancy.barrier.BarrierImport.NumpyWeights;

/** Hostile and broken NumPy files are refused with the opcode or name and the byte. */
class NumpyWeightsTest {
  @TempDir private Path folder;

  private Path write(byte[] bytes) {
    try {
      return Files.write(folder.resolve("weights.npy"), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void refused(byte[] bytes, String... parts) {
    assertFails(ExitCode.BAD_DATA, () -> NumpyWeights.read(write(bytes)), parts);
  }

  @Test
  void readsOtherWidthsAndDepths() {
    BarrierWeights weights = NumpyWeights.read(write(Pickle.network(0.5f, 7, -1).finish("")));
    assertThat(weights.shapeText()).isEqualTo("7");
    assertThat(weights.hidden().get(0).norm().isPresent()).isTrue();
    assertThat(weights.output().weight()).hasSize(7).containsOnly(0.5f);
  }

  @Test
  void refusesForbiddenGlobals() {
    Pickle pickle = new Pickle(1).raw("cposix\nsystem\n").text("echo").raw("\u0085R");
    refused(pickle.finish(""), "forbidden global 'posix system'", "byte 25");
    refused(new Pickle(1).raw("cbuiltins\neval\n").finish(""), "forbidden global 'builtins eval'");
  }

  @Test
  void refusesOtherOpcodes() {
    for (String opcode :
        new String[] {"i", "o", "\u0081", "\u0093", "P", "G", "}", "I", "\u008c"}) {
      refused(
          new Pickle(1).raw(opcode).finish(""),
          String.format("forbidden pickle opcode 0x%02x", (int) opcode.charAt(0)),
          "byte 25");
    }
    refused(Pickle.file(new byte[] {(byte) 0x80, 4, '.'}, "|O", 1), "protocol 4", "byte 128");
  }

  @Test
  void refusesTruncationAtEveryByte() {
    byte[] complete = Pickle.network(0.5f, 1, -1).finish("");
    for (int length = 0; length < complete.length; length += length < 500 ? 1 : 37) {
      refused(Arrays.copyOf(complete, length), "weights.npy");
    }
  }

  @Test
  void refusesTrailingData() {
    refused(Pickle.network(0.5f, 1, -1).finish("x"), "1 bytes follow", "nothing after STOP");
  }

  @Test
  void refusesWrongShapes() {
    refused(Pickle.network(0.5f, 3, 2, 4).finish(""), "array 2 has shape [4]", "shape [3]");
    refused(
        Pickle.network(0.5f, 3, 0, 728, 3).finish(""), "array 0 has shape [728, 3]", "[729, 3]");
    refused(Pickle.network(0.5f, 3, 6, 3).finish(""), "array 6 has shape [3]", "[3, 1]");
  }

  @Test
  void refusesSizesThatDoNotFit() {
    refused(
        new Pickle(1).open("<", "f4", 1 << 30, 1 << 30).raw("B").number(0).raw("tb").finish(""),
        "array of shape [1073741824, 1073741824] with 0 bytes");
    refused(new Pickle(1).open("<", "f4", 4).raw("B").number(-1).finish(""), "4294967295 bytes");
    refused(new Pickle(1).open("<", "f4", -4).raw("C\0tb").finish(""), "positive");
    refused(new Pickle(1).raw("X").number(1 << 29).finish(""), "text of 536870912 bytes");
  }

  /** 4 MB of bytes, remembered and used 1000 times, would be 4 GB of floats. */
  @Test
  void refusesBytesThatManyArraysShare() {
    byte[] data = new byte[4 << 20];
    Pickle pickle = new Pickle(200);
    pickle.raw("B").number(data.length).raw(data).raw("q\7");
    for (int i = 0; i < 1000; i++) {
      pickle.open("<", "f4", data.length / 4).raw("h\7tb");
    }
    refused(pickle.finish(""), "arrays of more bytes than the file has");
  }

  @Test
  void refusesOtherElementTypes() {
    refused(new Pickle(1).open("<", "f8", 1).raw("C\10........tb").finish(""), "'<f8'");
    refused(new Pickle(1).open(">", "f4", 1).raw("C\4....tb").finish(""), "'>f4'");
    refused(Pickle.file(new byte[] {'.'}, "<f4", 1), "NumPy header", "<f4");
  }

  @Test
  void refusesValuesThatAreNoNumbers() {
    refused(Pickle.network(Float.NaN, 2, -1).finish(""), "NaN", "layer0/W");
    refused(Pickle.network(-1f, 2, -1).finish(""), "variance -1.0", "layer0/var");
  }

  @Test
  void refusesOtherCounts() {
    refused(new Pickle(2).array(1, 1).array(1, 1).finish(""), "2 arrays");
    refused(new Pickle(3).array(1, 1).finish(""), "object array of shape [3] with 1 items");
    refused("hello, this is no NumPy file".getBytes(StandardCharsets.UTF_8), "not a NumPy file");
  }

  @Test
  void refusesMisuseOfTheStack() {
    for (String tail : new String[] {"t", "R", "b", "e", "h\7", "\u0087", "Nb", "Ne"}) {
      refused(
          Pickle.file(("\u0080\3" + tail).getBytes(StandardCharsets.ISO_8859_1), "|O", 1), "byte");
    }
    refused(
        Pickle.file(("\u0080\3" + "N".repeat(5000)).getBytes(StandardCharsets.ISO_8859_1), "|O", 1),
        "nests more than");
  }

  @Test
  void saysWhatIsMissing() {
    assertFails(
        ExitCode.MISSING_INPUT,
        () -> NumpyWeights.read(folder.resolve("none.npy")),
        "no such weight file");
  }
}
