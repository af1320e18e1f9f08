package org.latticelift.sim.vacancy.kmc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.latticelift.io.error.LatticeLiftException;

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

  /** Codes in one word at 2 bits each. */
  private static final int PAIRED_CODES = 32;

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
    int w = 0;
    for (; bits == 2 && (w + 1) * PAIRED_CODES <= sites; w++) {
      int from = at + w * PAIRED_CODES;
      long c0 = (long) LONG.get(codes, from);
      long c1 = (long) LONG.get(codes, from + Long.BYTES);
      long c2 = (long) LONG.get(codes, from + 2 * Long.BYTES);
      long c3 = (long) LONG.get(codes, from + 3 * Long.BYTES);
      seen |= c0 | c1 | c2 | c3;
      key[to + w] = c0 | c1 << 2 | c2 << 4 | c3 << 6;
    }
    int run = w * perWord;
    int whole = sites / Long.BYTES;
    for (; w < words; w++) {
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
