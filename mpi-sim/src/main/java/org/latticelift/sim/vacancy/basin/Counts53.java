package org.latticelift.sim.vacancy.basin;

/** Counts are whole numbers that a double holds exactly. */
final class Counts53 {
  /** 2^53. */
  static final double LARGEST = 0x1p53;

  private Counts53() {}

  static ArithmeticException exceeded(double count) {
    return new ArithmeticException("a count of " + count + " is not below 2^53");
  }
}
