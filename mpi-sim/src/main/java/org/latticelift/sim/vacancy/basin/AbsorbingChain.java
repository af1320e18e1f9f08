package org.latticelift.sim.vacancy.basin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A continuous-time Markov chain of up to 64 transient states with rates among them and a rate of
 * leaving from each. States may be added and removed; a state keeps its number. The pattern of
 * connections is one {@code long} per state.
 */
public final class AbsorbingChain {
  /** Most states. */
  public static final int MOST = 64;

  /** Row of state i begins at i * MOST. */
  final double[] rate = new double[MOST * MOST];

  final double[] leaving = new double[MOST];

  /** Bit j of element i: i and j are connected in at least one direction. */
  final long[] neighbours = new long[MOST];

  private long states;

  /** An empty chain. */
  public AbsorbingChain() {}

  /**
   * Adds a state without connections.
   *
   * @return its number, the lowest that is free
   * @throws IllegalStateException if there are {@link #MOST} already
   */
  public int add() {
    if (states == -1L) {
      throw new IllegalStateException("the chain has " + MOST + " states");
    }
    int i = Long.numberOfTrailingZeros(~states);
    states |= 1L << i;
    leaving[i] = 0;
    neighbours[i] = 0;
    return i;
  }

  /** Removes a state and its connections. Rates of leaving stay as they are. */
  public void remove(int i) {
    for (long rest = neighbours[i]; rest != 0; rest &= rest - 1) {
      neighbours[Long.numberOfTrailingZeros(rest)] &= ~(1L << i);
    }
    states &= ~(1L << i);
  }

  /** Removes all states. */
  public void clear() {
    states = 0;
    Arrays.fill(neighbours, 0);
  }

  /**
   * Connects two states in both directions ({@code forth}: rate from i to j, 0 or more; {@code
   * back}: rate from j to i, 0 or more).
   */
  public void connect(int i, int j, double forth, double back) {
    rate[i * MOST + j] = forth;
    rate[j * MOST + i] = back;
    neighbours[i] |= 1L << j;
    neighbours[j] |= 1L << i;
  }

  /**
   * Sets the rate at which the chain leaves the set from a state ({@code rate}: total over all ways
   * out, 0 or more).
   */
  public void leaving(int i, double rate) {
    leaving[i] = rate;
  }

  /** Rate at which the chain leaves the set from a state. */
  public double leaving(int i) {
    return leaving[i];
  }

  /** Rate between two states ({@code i}: from; {@code j}: to); 0 if they are not connected. */
  public double rate(int i, int j) {
    return (neighbours[i] >>> j & 1) == 0 ? 0 : rate[i * MOST + j];
  }

  /** The states connected with a state. */
  public long neighbours(int i) {
    return neighbours[i];
  }

  /** All states. */
  public long states() {
    return states;
  }

  /**
   * Writes all states and rates.
   *
   * @param out for {@link #read}
   * @throws IOException from there
   */
  public void write(DataOutput out) throws IOException {
    out.writeLong(states);
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      out.writeDouble(leaving[i]);
      out.writeLong(neighbours[i]);
      for (long near = neighbours[i]; near != 0; near &= near - 1) {
        out.writeDouble(rate[i * MOST + Long.numberOfTrailingZeros(near)]);
      }
    }
  }

  /**
   * Becomes the chain that was written.
   *
   * @param in from {@link #write}
   * @throws IOException from there
   */
  public void read(DataInput in) throws IOException {
    clear();
    states = in.readLong();
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      leaving[i] = in.readDouble();
      neighbours[i] = in.readLong();
      for (long near = neighbours[i]; near != 0; near &= near - 1) {
        rate[i * MOST + Long.numberOfTrailingZeros(near)] = in.readDouble();
      }
    }
  }
}
