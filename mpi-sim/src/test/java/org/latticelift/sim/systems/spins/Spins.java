package org.latticelift.sim.systems.spins;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Random spins, and plain counts of them. */
final class Spins {
  private Spins() {}

  static RandomStream stream(long seed) {
    return new Streams(seed).stream(Purpose.CHECK);
  }

  static byte[] random(int side, double up, RandomStream stream) {
    byte[] spins = new byte[side * side];
    for (int i = 0; i < spins.length; i++) {
      spins[i] = (byte) (stream.uniform() < up ? 1 : -1);
    }
    return spins;
  }

  static long sum(byte[] spins) {
    long sum = 0;
    for (byte s : spins) {
      sum += s;
    }
    return sum;
  }

  /** Unequal bonds: of every site the one to the row above and the one to the left (IS-30). */
  static long walls(byte[] spins) {
    int side = (int) Math.round(Math.sqrt(spins.length));
    long walls = 0;
    for (int i = 0; i < spins.length; i++) {
      int row = i / side;
      int column = i % side;
      walls += spins[i] == spins[(row + side - 1) % side * side + column] ? 0 : 1;
      walls += spins[i] == spins[row * side + (column + side - 1) % side] ? 0 : 1;
    }
    return walls;
  }
}
