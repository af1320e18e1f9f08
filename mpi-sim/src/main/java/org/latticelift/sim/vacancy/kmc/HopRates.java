package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;

/** Rates of vacancies from their environments: cache first, then one batch of evaluations. */
final class HopRates {
  private static final int BATCH = EnvironmentCache.SLOTS;

  private final HopGeometry geometry;
  private final ArrheniusRates arrhenius;
  private final BarrierKernel kernel;
  private final EnvironmentCache cache;
  private final byte[] codes;
  private final int[] basis = new int[BATCH];
  private final float[] values;
  private final int[] missing = new int[BATCH];

  HopRates(
      HopGeometry geometry, BarrierModel model, ArrheniusRates arrhenius, EnvironmentCache cache) {
    this.geometry = geometry;
    this.arrhenius = arrhenius;
    this.cache = cache;
    kernel = model.newKernel();
    codes = new byte[BATCH * geometry.sites];
    values = new float[BATCH * geometry.hops];
  }

  /**
   * Fills in rates.
   *
   * @param count number of vacancies
   * @param which their indices
   * @param v environments and basis positions are read, rates written
   */
  void evaluate(int count, int[] which, ActiveVacancies v) {
    int pending = 0;
    for (int i = 0; i < count; i++) {
      int w = which[i];
      if (cache == null
          || !cache.fetch(
              pending, v.codes, w * geometry.sites, v.b[w], v.rates, w * geometry.hops)) {
        missing[pending++] = w;
        if (pending == BATCH) {
          compute(pending, v);
          pending = 0;
        }
      }
    }
    if (pending == 1) {
      computeOne(missing[0], v);
    } else if (pending > 0) {
      compute(pending, v);
    }
  }

  /** Whether rates that were found before need not be evaluated again. */
  boolean remembers() {
    return cache != null;
  }

  /** Counts rates that the caller had kept as found in the cache, where they are. */
  void countRemembered() {
    cache.countHit();
  }

  private void computeOne(int w, ActiveVacancies v) {
    int at = w * geometry.sites;
    int to = w * geometry.hops;
    kernel.barriers(v.codes, at, v.b[w], v.rates, to);
    finish(0, w, v);
  }

  private void compute(int count, ActiveVacancies v) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          v.codes, missing[i] * geometry.sites, codes, i * geometry.sites, geometry.sites);
      basis[i] = v.b[missing[i]];
    }
    kernel.barriers(count, codes, basis, values);
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          values, i * geometry.hops, v.rates, missing[i] * geometry.hops, geometry.hops);
      finish(i, missing[i], v);
    }
  }

  private void finish(int slot, int w, ActiveVacancies v) {
    int at = w * geometry.sites;
    int to = w * geometry.hops;
    arrhenius.replace(v.codes, at, geometry.target[v.b[w]], v.rates, to);
    if (cache != null) {
      cache.store(slot, v.rates, to);
    }
  }
}
