package org.latticelift.sim.vacancy.kmc;

/**
 * Remembers the rates and the environment from which the last jump started. A hop straight back, if
 * nothing else happened in between, leads to the very state of two jumps ago, so neither has to be
 * found again. Two jumps of three are such hops in an ordered alloy at 1000 K, nine of ten at 600
 * K.
 */
final class StepBack {
  private float[] rates;
  private double blocked;
  private float[] spareRates;
  private double spareBlocked;
  private byte[] spareCodes;
  private boolean known;

  StepBack(HopGeometry geometry) {
    rates = new float[geometry.hops];
    spareRates = new float[geometry.hops];
    spareCodes = new byte[geometry.sites];
  }

  /** The next jump leads to a state that is not known. */
  void forget() {
    known = false;
  }

  /** Whether a hop of a vacancy takes the last jump back. */
  boolean isHop(int v, int direction, JumpEvent last) {
    return known && v == last.vacancy && direction == last.reverse;
  }

  /** Keeps the rates that a jump starts from; {@link #jumped} must follow. */
  void leave(float[] from, int at, double blockedSum) {
    for (int d = 0; d < spareRates.length; d++) {
      spareRates[d] = from[at + d];
    }
    spareBlocked = blockedSum;
  }

  /** The jump that started from what was kept has been made. */
  void jumped() {
    float[] exchanged = rates;
    rates = spareRates;
    spareRates = exchanged;
    blocked = spareBlocked;
    known = true;
  }

  /** Writes the rates of the state two jumps ago. */
  void read(float[] to, int at) {
    for (int d = 0; d < rates.length; d++) {
      to[at + d] = rates[d];
    }
  }

  /** The blocked rate of the state two jumps ago. */
  double blocked() {
    return blocked;
  }

  /** Exchanges an environment with that before the last jump. */
  void exchange(byte[] codes, int at, JumpEvent last) {
    System.arraycopy(codes, at, spareCodes, 0, spareCodes.length);
    System.arraycopy(last.before, 0, codes, at, spareCodes.length);
    byte[] exchanged = last.before;
    last.before = spareCodes;
    spareCodes = exchanged;
  }
}
