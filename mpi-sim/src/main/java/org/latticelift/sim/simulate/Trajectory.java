package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records of one run in memory, growing: what came since a checkpoint, or the whole run. */
final class Trajectory {
  private static final int FIRST_CAPACITY = 64;

  private final int components;
  private final List<byte[]> states = new ArrayList<>();
  private double[] time = new double[FIRST_CAPACITY];
  private long[] jumps = new long[FIRST_CAPACITY];
  private double[] values;
  private int size;

  /**
   * @param components observables per record
   */
  Trajectory(int components) {
    this.components = components;
    this.values = new double[FIRST_CAPACITY * components];
  }

  void add(double seconds, long events, double[] observables) {
    reserve(size + 1);
    time[size] = seconds;
    jumps[size] = events;
    System.arraycopy(observables, 0, values, size * components, components);
    size++;
  }

  /** Adds records that stand in arrays; they have no states here. */
  void addAll(double[] seconds, long[] events, double[] observables) {
    reserve(size + seconds.length);
    System.arraycopy(seconds, 0, time, size, seconds.length);
    System.arraycopy(events, 0, jumps, size, events.length);
    System.arraycopy(observables, 0, values, size * components, observables.length);
    size += seconds.length;
  }

  private void reserve(int records) {
    if (records > time.length) {
      int capacity = Math.max(records, 2 * time.length);
      time = Arrays.copyOf(time, capacity);
      jumps = Arrays.copyOf(jumps, capacity);
      values = Arrays.copyOf(values, Math.multiplyExact(capacity, components));
    }
  }

  void keep(byte[] state) {
    states.add(state);
  }

  int size() {
    return size;
  }

  double[] times() {
    return Arrays.copyOf(time, size);
  }

  long[] jumps() {
    return Arrays.copyOf(jumps, size);
  }

  /** Records by observables, row-major. */
  double[] observables() {
    return Arrays.copyOf(values, size * components);
  }

  /** One observable of the records from one on, to before another. */
  double[] column(int component, int from, int to) {
    double[] column = new double[to - from];
    Arrays.setAll(column, i -> values[(from + i) * components + component]);
    return column;
  }

  /** Every so many records, from the first on. */
  Trajectory every(int step) {
    Trajectory kept = new Trajectory(components);
    for (int i = 0; i < size; i += step) {
      kept.add(time[i], jumps[i], Arrays.copyOfRange(values, i * components, (i + 1) * components));
    }
    return kept;
  }

  double time(int record) {
    return time[record];
  }

  long jumps(int record) {
    return jumps[record];
  }

  /** The kept states one after the other. */
  byte[] states() {
    int length = states.stream().mapToInt(state -> state.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] state : states) {
      System.arraycopy(state, 0, all, at, state.length);
      at += state.length;
    }
    return all;
  }

  int stateCount() {
    return states.size();
  }
}
