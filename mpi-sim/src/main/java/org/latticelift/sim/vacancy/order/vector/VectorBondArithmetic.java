package org.latticelift.sim.vacancy.order.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.sim.vacancy.order.BondArithmetic;

/** Byte vectors of the width that this machine prefers. */
public final class VectorBondArithmetic implements BondArithmetic {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final int STEP = BYTES.length();
  private static final byte LOW = 0x0f;

  /** A byte holds the sum of this many low or high halves. */
  private static final int MOST_STEPS = 255 / 15;

  /** Found by {@link java.util.ServiceLoader}. */
  public VectorBondArithmetic() {}

  @Override
  public int step() {
    return STEP;
  }

  @Override
  public void mark(byte[] codes, int from, int to, int first, int second, byte[] marks) {
    ByteVector zero = ByteVector.zero(BYTES);
    ByteVector one = ByteVector.broadcast(BYTES, (byte) 1);
    ByteVector sixteen = ByteVector.broadcast(BYTES, (byte) 16);
    for (int p = from; p < to; p += STEP) {
      ByteVector code = ByteVector.fromArray(BYTES, codes, p);
      zero.blend(one, code.compare(VectorOperators.EQ, (byte) first))
          .blend(sixteen, code.compare(VectorOperators.EQ, (byte) second))
          .intoArray(marks, p);
    }
  }

  @Override
  public void sum(byte[] marks, int from, int to, int[][] shifts, byte[][] owners, byte[] sums) {
    for (int p = from; p < to; p += STEP) {
      ByteVector all = ByteVector.zero(BYTES);
      for (int b = 0; b < shifts.length; b++) {
        int[] shift = shifts[b];
        ByteVector sum = ByteVector.fromArray(BYTES, marks, p + shift[0]);
        for (int i = 1; i < shift.length; i++) {
          sum = sum.add(ByteVector.fromArray(BYTES, marks, p + shift[i]));
        }
        all = all.or(sum.and(ByteVector.fromArray(BYTES, owners[b], p)));
      }
      all.intoArray(sums, p);
    }
  }

  @Override
  public long total(byte[] codes, byte[] sums, int from, int to, int species) {
    long low = 0;
    long high = 0;
    for (int start = from; start < to; start += MOST_STEPS * STEP) {
      ByteVector lows = ByteVector.zero(BYTES);
      ByteVector highs = ByteVector.zero(BYTES);
      int end = Math.min(to, start + MOST_STEPS * STEP);
      for (int p = start; p < end; p += STEP) {
        VectorMask<Byte> own =
            ByteVector.fromArray(BYTES, codes, p).compare(VectorOperators.EQ, (byte) species);
        ByteVector sum = ByteVector.zero(BYTES).blend(ByteVector.fromArray(BYTES, sums, p), own);
        lows = lows.add(sum.and(LOW));
        highs = highs.add(halved(sum).and(LOW));
      }
      low += total(lows);
      high += total(highs);
    }
    return high << 32 | low;
  }

  /** The high halves of bytes, and bits of neighbouring bytes above them. */
  private static ByteVector halved(ByteVector bytes) {
    return bytes.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
  }

  /** The sum of unsigned bytes. */
  private static long total(ByteVector bytes) {
    ShortVector pairs = bytes.reinterpretAsShorts();
    return pairs
        .and((short) 0xff)
        .add(pairs.lanewise(VectorOperators.LSHR, 8))
        .reduceLanesToLong(VectorOperators.ADD);
  }
}
