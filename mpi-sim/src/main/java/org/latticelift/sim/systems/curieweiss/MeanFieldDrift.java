package org.latticelift.sim.systems.curieweiss;

import org.latticelift.sim.systems.spin.Window;

/**
 * The generator of Glauber dynamics applied to the magnetisation of some of the evolving spins
 * (EX-05), b = 2/n (down rate of the down spins - up rate of the up spins), and its integral over
 * an evolution. Costs two table reads per flip.
 */
final class MeanFieldDrift {
  private final MeanFieldRates rates;
  private final MeanFieldSpins crowd;
  private final int outside;
  private final boolean[] inside;
  private int ups;
  private int spins;
  private double integral;

  /**
   * @param crowd the spins that evolve
   * @param outside up spins among the coupled ones that stand still
   * @param observed part of the crowd whose magnetisation is meant
   */
  MeanFieldDrift(MeanFieldRates rates, MeanFieldSpins crowd, int outside, Window observed) {
    this.rates = rates;
    this.crowd = crowd;
    this.outside = outside;
    inside = new boolean[crowd.sites()];
    for (int index = 0; index < observed.sites(); index++) {
      int site = observed.site(crowd, index);
      inside[site] = true;
      spins++;
      ups += crowd.spin(site) > 0 ? 1 : 0;
    }
  }

  /** b of the state of the moment. */
  double value() {
    int all = outside + crowd.ups();
    return 2 * ((spins - ups) * rates.down(all) - ups * rates.up(all)) / spins;
  }

  /** A state of this b lasted for a while. */
  void stayed(double value, double time) {
    integral += value * time;
  }

  /** A spin has flipped. */
  void flipped(int site) {
    if (inside[site]) {
      ups += crowd.spin(site);
    }
  }

  double[] integral() {
    return new double[] {integral};
  }
}
