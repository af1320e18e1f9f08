package org.latticelift.sim.systems.spins;

import org.latticelift.sim.random.RandomStream;

/**
 * The plain twin of {@link GlauberSimulator}, as Algorithm 2 is written (ME-84): before every flip
 * all rates are computed from the spins, and the first site whose cumulative rate reaches u R
 * flips. Slow, n operations per flip; for tests.
 */
public final class PlainGlauber {
  private final int side;
  private final byte[] spin;
  private final double temperature;
  private final double field;
  private double time;

  /**
   * A simulator.
   *
   * @param spins +1 or -1, row by row, a square; copied
   * @param temperature T / J
   * @param field h / J
   */
  public PlainGlauber(byte[] spins, double temperature, double field) {
    spin = spins.clone();
    side = (int) Math.round(Math.sqrt(spins.length));
    this.temperature = temperature;
    this.field = field;
  }

  /**
   * Makes one flip.
   *
   * @param stream randomness: the waiting time, then the site
   */
  public void flip(RandomStream stream) {
    double total = totalRate();
    time += stream.exponential() / total;
    double target = stream.uniform() * total;
    int site = -1;
    double sum = 0;
    while (sum < target && site < spin.length - 1) {
      site++;
      sum += rate(site);
    }
    spin[site] = (byte) -spin[site];
  }

  /**
   * The rate of one site.
   *
   * @param site row * side + column
   * @return 1/(1 + exp(dH/T))
   */
  public double rate(int site) {
    int row = site / side;
    int column = site % side;
    int sum =
        spin[(row + 1) % side * side + column]
            + spin[(row + side - 1) % side * side + column]
            + spin[row * side + (column + 1) % side]
            + spin[row * side + (column + side - 1) % side];
    return 1 / (1 + StrictMath.exp(2 * spin[site] * (sum + field) / temperature));
  }

  /**
   * Sum of all rates.
   *
   * @return flips per unit time
   */
  public double totalRate() {
    double sum = 0;
    for (int site = 0; site < spin.length; site++) {
      sum += rate(site);
    }
    return sum;
  }

  /**
   * Turns one spin around.
   *
   * @param site row * side + column
   */
  public void turn(int site) {
    spin[site] = (byte) -spin[site];
  }

  /**
   * The clock.
   *
   * @return time since construction
   */
  public double time() {
    return time;
  }

  /**
   * The spins.
   *
   * @return a copy
   */
  public byte[] spins() {
    return spin.clone();
  }
}
