package org.latticelift.sim.vacancy.lattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Against one byte at a time, at lengths around multiples of eight. */
class CodeScanTest {
  private final RandomStream stream = new Streams(3).stream(Purpose.CHECK);

  /** Runs of small codes only, and runs of all. */
  private byte[] codes(int length) {
    byte[] codes = new byte[length];
    for (int i = 0; i < length; i++) {
      codes[i] = (byte) stream.below(i / 11 % 2 == 0 ? 4 : 16);
    }
    return codes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 30, 128})
  void findsEveryPlaceOfEveryCode(int length) {
    byte[] codes = codes(length);
    for (byte code = 0; code < 16; code++) {
      byte wanted = code;
      int[] expected = IntStream.range(0, length).filter(i -> codes[i] == wanted).toArray();
      int[] found =
          IntStream.iterate(
                  CodeScan.next(codes, wanted, 0),
                  i -> i < length,
                  i -> CodeScan.next(codes, wanted, i + 1))
              .toArray();
      assertThat(found).isEqualTo(expected);
      assertThat(CodeScan.count(codes, wanted)).isEqualTo(expected.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 30, 128})
  void countsAddUp(int length) {
    byte[] codes = codes(length);
    long[] counts = new long[16];
    CodeScan.count(codes, counts);
    CodeScan.count(codes, counts);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(2L * length);
    for (byte code = 0; code < 16; code++) {
      assertThat(counts[code]).isEqualTo(2L * CodeScan.count(codes, code));
    }
  }
}
