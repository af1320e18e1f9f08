package org.latticelift.sim.systems.spins;

/** Boltzmann averages of the 4 x 4 lattice by enumeration of its 65 536 states. */
final class ExactIsing {
  static final int SIDE = 4;
  private static final int SITES = SIDE * SIDE;

  /** Probability of each number of up spins. */
  final double[] upSpins = new double[SITES + 1];

  double meanSpin;
  double squareSpin;
  double walls;
  double squareWalls;

  /** Mean rate of flips per site. */
  double rate;

  ExactIsing(double temperature, double field) {
    double norm = 0;
    for (int state = 0; state < 1 << SITES; state++) {
      byte[] spins = new byte[SITES];
      for (int i = 0; i < SITES; i++) {
        spins[i] = (byte) ((state >> i & 1) == 1 ? 1 : -1);
      }
      double m = Spins.sum(spins) / (double) SITES;
      double rho = Spins.walls(spins) / (2.0 * SITES);
      double energy = -2 * SITES * (1 - 2 * rho) - field * SITES * m;
      double weight = StrictMath.exp(-energy / temperature);
      norm += weight;
      upSpins[Integer.bitCount(state)] += weight;
      meanSpin += weight * m;
      squareSpin += weight * m * m;
      walls += weight * rho;
      squareWalls += weight * rho * rho;
      rate += weight * new PlainGlauber(spins, temperature, field).totalRate() / SITES;
    }
    for (int i = 0; i <= SITES; i++) {
      upSpins[i] /= norm;
    }
    meanSpin /= norm;
    squareSpin /= norm;
    walls /= norm;
    squareWalls /= norm;
    rate /= norm;
  }
}
