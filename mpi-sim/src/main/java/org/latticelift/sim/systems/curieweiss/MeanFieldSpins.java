package org.latticelift.sim.systems.curieweiss;

import org.latticelift.sim.systems.spin.SquareSpins;
import org.latticelift.sim.systems.spin.Window;

/**
 * Spins on an L by L lattice, which serves to define patches only (CW-02), with the lists of up and
 * down sites: one permutation of the sites whose first part is up, so that a flip is one exchange.
 */
final class MeanFieldSpins implements SquareSpins {
  private final int side;
  private final int[] order;
  private final int[] place;
  private int ups;

  /** Where the spin that flipped last is in the list. */
  private int border;

  private MeanFieldSpins(int side) {
    this.side = side;
    order = new int[side * side];
    place = new int[side * side];
  }

  /** Of +1 and -1, row by row; sites of a class are listed in ascending order. */
  static MeanFieldSpins of(byte[] spins) {
    MeanFieldSpins crowd = new MeanFieldSpins((int) Math.round(Math.sqrt(spins.length)));
    crowd.set(spins);
    return crowd;
  }

  /** Of a list of sites, of which the first are up. */
  static MeanFieldSpins of(int[] order, int ups) {
    MeanFieldSpins crowd = new MeanFieldSpins((int) Math.round(Math.sqrt(order.length)));
    for (int index = 0; index < order.length; index++) {
      crowd.put(order[index], index);
    }
    crowd.ups = ups;
    return crowd;
  }

  private void set(byte[] spins) {
    ups = 0;
    int end = spins.length;
    for (byte spin : spins) {
      end -= spin > 0 ? 0 : 1;
    }
    int down = end;
    for (int site = 0; site < spins.length; site++) {
      put(site, spins[site] > 0 ? ups++ : down++);
    }
  }

  private void put(int site, int index) {
    order[index] = site;
    place[site] = index;
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public int spin(int site) {
    return place[site] < ups ? 1 : -1;
  }

  @Override
  public byte[] spins() {
    byte[] spins = new byte[order.length];
    for (int site = 0; site < spins.length; site++) {
      spins[site] = (byte) spin(site);
    }
    return spins;
  }

  /** The sites, those up first. */
  int[] order() {
    return order.clone();
  }

  int sites() {
    return order.length;
  }

  /** Number of up spins. */
  int ups() {
    return ups;
  }

  double meanSpin() {
    return (2.0 * ups - order.length) / order.length;
  }

  /** Flips the k-th up spin. */
  void flipUp(int k) {
    border = --ups;
    exchange(k, border);
  }

  /** Flips the k-th down spin. */
  void flipDown(int k) {
    border = ups++;
    exchange(border + k, border);
  }

  private void exchange(int i, int j) {
    int atI = order[i];
    int atJ = order[j];
    put(atI, j);
    put(atJ, i);
  }

  /** The site of the last flip; meaningless before one. */
  int lastFlipped() {
    return order[border];
  }

  /** Some spins on their own. */
  static MeanFieldSpins cut(MeanFieldSpins state, Window window) {
    byte[] spins = new byte[window.sites()];
    window.cut(state, spins);
    return of(spins);
  }

  /** Takes over spins at some sites. */
  void paste(Window window, MeanFieldSpins part) {
    for (int index = 0; index < part.sites(); index++) {
      int site = window.site(this, index);
      if (spin(site) != part.spin(index)) {
        flip(site);
      }
    }
  }

  private void flip(int site) {
    int index = place[site];
    if (index < ups) {
      flipUp(index);
    } else {
      flipDown(index - ups);
    }
  }
}
