package org.latticelift.bench.campaign;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ways to damage a file; the same number gives the same damage. */
enum Damage {
  /** The file ends too early: at every length where it is small, else at random ones. */
  CUT {
    @Override
    byte[] apply(byte[] valid, int number) {
      return Arrays.copyOf(valid, place(valid, number));
    }
  },
  /** One bit is another: of every byte where the file is small, else of random ones. */
  FLIPPED {
    @Override
    byte[] apply(byte[] valid, int number) {
      byte[] damaged = valid.clone();
      damaged[place(valid, number)] ^= (byte) (1 << random(number).nextInt(Byte.SIZE));
      return damaged;
    }
  },
  /** Pieces are taken away, repeated, moved, and replaced by what parsers are weak at. */
  MUTATED {
    @Override
    byte[] apply(byte[] valid, int number) {
      SplittableRandom random = random(number);
      byte[] damaged = valid;
      for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
        damaged = mutate(damaged, random);
      }
      return damaged;
    }
  };

  /** Files up to this size are cut at every length, and every byte of them is flipped. */
  static final int SMALL = 20_000;

  private static final long SEED = 20_261_127;

  private static final List<String> TEXTS =
      List.of(
          "-1",
          "0",
          "1e999",
          "-1e999",
          "NaN",
          "Infinity",
          "9223372036854775808",
          "2147483648",
          "-2147483649",
          "1e-320",
          "0x7f",
          "1_000",
          "true",
          "null",
          "~",
          "''",
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          "[[[[[[[[",
          ":",
          ": ",
          "- ",
          ",",
          ",,",
          "#",
          "&a ",
          "*a",
          "<<: ",
          "!!java",
          "|",
          ">",
          "---\n",
          "...\n",
          "\t",
          "\r\n",
          "\r",
          "\n\n",
          " ",
          "\0",
          "\u00e9",
          "\ufeff",
          "=",
          "%",
          "../../..",
          "/dev/null",
          "ITEM: ",
          "ITEM: ATOMS id type x y z\n",
          "Lattice=\"",
          "Properties=",
          "loop_\n",
          "data_\n",
          "999999999",
          "1000000000000",
          "é".repeat(50));

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    127,
    128,
    255,
    65_535,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32,
    1L << 40,
    0x7ff8000000000000L,
    0x7ff0000000000000L
  };

  /** A damaged copy. */
  abstract byte[] apply(byte[] valid, int number);

  /** Cases after which all places of a small file have been met; as many as wanted of others. */
  int most(byte[] valid, int wanted) {
    return this == MUTATED || valid.length > SMALL ? wanted : Math.min(wanted, valid.length);
  }

  /**
   * Each place once where the file is small, in an order in which a few of them are spread over all
   * of it.
   */
  int place(byte[] valid, int number) {
    if (valid.length > SMALL) {
      return random(number).nextInt(valid.length);
    }
    long step = Math.max(1, (long) (valid.length * 0.618034));
    while (gcd(step, valid.length) != 1) {
      step++;
    }
    return (int) (step * number % valid.length);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  SplittableRandom random(int number) {
    return new SplittableRandom(SEED + 1_000_003L * number + ordinal());
  }

  private static byte[] mutate(byte[] valid, SplittableRandom random) {
    if (valid.length < 2) {
      return "\0\0".getBytes(StandardCharsets.ISO_8859_1);
    }
    int at = random.nextInt(valid.length);
    int length = 1 + random.nextInt(Math.min(valid.length - at, 1 << random.nextInt(1, 12)));
    return switch (random.nextInt(9)) {
      case 0 -> replaced(valid, at, length, new byte[0]);
      case 1 -> replaced(valid, at, 0, Arrays.copyOfRange(valid, at, at + length));
      case 2 -> {
        int from = random.nextInt(valid.length);
        yield replaced(
            valid,
            at,
            length,
            Arrays.copyOfRange(valid, from, Math.min(valid.length, from + length)));
      }
      case 3 -> overwritten(valid, at, random);
      case 4 -> {
        byte[] damaged = valid.clone();
        damaged[at] = (byte) random.nextInt();
        yield damaged;
      }
      case 5 -> replaced(valid, at, 0, repeated(valid, at, length, random));
      default -> {
        byte[] text = TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
        int word = random.nextBoolean() ? word(valid, at) : 0;
        yield replaced(valid, at, word, text);
      }
    };
  }

  /** The rest of the word at a place. */
  private static int word(byte[] valid, int at) {
    int end = at;
    while (end < valid.length && " \n,:[]{}\"".indexOf(valid[end]) < 0 && end < at + 64) {
      end++;
    }
    return end - at;
  }

  private static byte[] repeated(byte[] valid, int at, int length, SplittableRandom random) {
    byte[] piece = Arrays.copyOfRange(valid, at, at + length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int n = random.nextInt(1, 200); n > 0 && out.size() < 200_000; n--) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static byte[] overwritten(byte[] valid, int at, SplittableRandom random) {
    byte[] damaged = valid.clone();
    int size = 1 << random.nextInt(4);
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    for (int i = 0; i < size && at + i < damaged.length; i++) {
      damaged[at + i] = (byte) (number >> (8 * i));
    }
    return damaged;
  }

  private static byte[] replaced(byte[] valid, int at, int length, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(valid, 0, at);
    out.writeBytes(by);
    out.write(valid, at + length, valid.length - at - length);
    return out.toByteArray();
  }
}
