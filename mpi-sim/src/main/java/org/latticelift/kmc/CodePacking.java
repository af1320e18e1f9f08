package org.latticelift.kmc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.latticelift.error.LatticeLiftException;

/**
 * Packs an environment into a key of a few longs: 2 bits per site for up to three species, else 4
 * bits. Each word overlays 4 (or 2) runs of eight codes, shifted by 2 (or 4) bits, so that packing
 * the 112 codes of BCC takes 14 loads. The 224 bits leave room for a tag in the fourth word; an
 * environment that fills its words gets one more.
 */
final class CodePacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTES = 0x0101010101010101L;

  private final int sites;
  private final int runs;
  private final int bits;
  private final int perWord;
  private final int words;
  private final int tagShift;
  private final long illegal;

  /**
   * A packing.
   *
   * @param sites codes per environment
   * @param species largest code
   * @param tags number of tags to tell apart, such as classes of basis positions
   */
  CodePacking(int sites, int species, int tags) {
    this.sites = sites;
    runs = sites / Long.BYTES + (sites % Long.BYTES == 0 ? 0 : 1);
    bits = species <= 3 ? 2 : 4;
    perWord = Byte.SIZE / bits;
    illegal = (0xffL & -(1L << bits)) * BYTES;
    boolean room = runs % perWord != 0 && tags < 1 << bits;
    words = (runs + perWord - 1) / perWord + (room ? 0 : 1);
    tagShift = room ? bits * (runs % perWord) : 0;
  }

  int words() {
    return words;
  }

  /**
   * Packs one environment.
   *
   * @param tag 0 to the number of tags - 1; the last word of a key is never 0
   * @param key filled from its element {@code to} on
   */
  void pack(byte[] codes, int at, int tag, long[] key, int to) {
    long seen = 0;
    int run = 0;
    int whole = sites / Long.BYTES;
    for (int w = 0; w < words; w++) {
      long word = 0;
      for (int s = 0; s < Byte.SIZE && run < runs; s += bits) {
        long codesOfRun =
            run < whole ? (long) LONG.get(codes, at + run * Long.BYTES) : tail(codes, at);
        seen |= codesOfRun;
        word |= codesOfRun << s;
        run++;
      }
      key[to + w] = word;
    }
    if ((seen & illegal) != 0) {
      throw unknownSpecies();
    }
    key[to + words - 1] |= (tag + 1L) << tagShift;
  }

  private long tail(byte[] codes, int at) {
    long word = 0;
    for (int j = sites - 1; j >= sites / Long.BYTES * Long.BYTES; j--) {
      word = word << Byte.SIZE | codes[at + j];
    }
    return word;
  }

  private LatticeLiftException unknownSpecies() {
    return LatticeLiftException.badData(
        "an environment holds a species code that the barrier model does not know",
        "lattice",
        "codes 0 to " + ((1 << bits) - 1),
        "Use a barrier model for all species of the alloy");
  }
}
