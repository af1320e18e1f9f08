package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;

/**
 * Barriers to rates (AL-40), kept as float in units of exp(-1 eV/(k_B T)).
 *
 * <p>The unit centres the range: with an attempt frequency of 1e13 1/s a float holds, with full
 * precision, barriers from -0.27 to 3.5 eV at 250 K and more at higher temperatures.
 */
final class ArrheniusRates {
  /** Boltzmann constant, eV/K (AL-40). */
  static final double BOLTZMANN = 8.617333e-5;

  static final double LOWEST_KELVIN = 250;
  static final double HIGHEST_KELVIN = 5000;
  private static final double REFERENCE = 1.0;

  private final double kT;
  private final double[] frequency = new double[256];
  private final double unit;

  ArrheniusRates(BarrierModel model, double kelvin) {
    if (!(kelvin >= LOWEST_KELVIN && kelvin <= HIGHEST_KELVIN)) {
      throw LatticeLiftException.badData(
          "temperature " + kelvin + " K is outside the range of the rates",
          "conditions.temperature_K",
          LOWEST_KELVIN + " to " + HIGHEST_KELVIN + " K",
          "Choose a temperature within the range");
    }
    kT = BOLTZMANN * kelvin;
    unit = StrictMath.exp(-REFERENCE / kT);
    Arrays.fill(frequency, Double.NaN);
    for (int s = 1; s <= model.species(); s++) {
      frequency[s] = model.attemptFrequency(s);
    }
  }

  /** What one unit of a stored rate is, 1/s. */
  double unit() {
    return unit;
  }

  /**
   * The stored rate of one hop ({@code species}: of the moving atom; a species unknown to the model
   * gives NaN; {@code barrier}: eV, positive infinity where the hop is blocked).
   */
  float rate(int species, float barrier) {
    if (barrier == Float.POSITIVE_INFINITY) {
      return 0;
    }
    return (float) (frequency[species] * RateExp.of((REFERENCE - barrier) / kT));
  }

  /** Replaces the barriers of the hops of one vacancy by rates. */
  void replace(byte[] environment, int at, int[] target, float[] values, int from) {
    for (int d = 0; d < target.length; d++) {
      values[from + d] = rate(environment[at + target[d]] & 0xff, values[from + d]);
    }
  }

  /**
   * The exponential of the rates: argument reduction by powers of two and the Taylor polynomial of
   * degree 13, in fused multiply-adds and without a branch, so that those of a vacancy's hops
   * overlap in the processor: 5 ns each, where {@code StrictMath.exp} takes 15. The same bits on
   * every machine; the relative error is below 1e-15.
   */
  static final class RateExp {
    /** Largest size of an argument; beyond it the rate is zero or infinite as a float anyway. */
    static final double LIMIT = 700;

    private static final double INVERSE_LN2 = 1 / Math.log(2);

    /**
     * 1.5 times 2 to the 52: adding it rounds to a whole number and leaves that in the low bits.
     */
    private static final double ROUNDER = 6755399441055744.0;

    /** The logarithm of 2 with 11 trailing zero bits, so that multiples up to 1024 are exact. */
    private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;

    private static final double LN2_LOW = 0x1.ef35793c76730p-45;
    private static final int MANTISSA_BITS = 52;

    private RateExp() {}

    /** e to the x; not a number stays so. */
    static double of(double x) {
      double c = x > LIMIT ? LIMIT : x < -LIMIT ? -LIMIT : x;
      double shifted = Math.fma(c, INVERSE_LN2, ROUNDER);
      double whole = shifted - ROUNDER;
      double r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, c));
      double square = r * r;
      double low = Math.fma(Math.fma(1.0 / 6, r, 0.5), square, Math.fma(1, r, 1));
      double middle =
          Math.fma(Math.fma(1.0 / 5040, r, 1.0 / 720), square, Math.fma(1.0 / 120, r, 1.0 / 24));
      double high =
          Math.fma(
              Math.fma(1.0 / 39916800, r, 1.0 / 3628800),
              square,
              Math.fma(1.0 / 362880, r, 1.0 / 40320));
      double top = Math.fma(1.0 / 6227020800.0, r, 1.0 / 479001600);
      double fourth = square * square;
      double p = Math.fma(Math.fma(Math.fma(top, fourth, high), fourth, middle), fourth, low);
      long exponent = Double.doubleToRawLongBits(shifted) << MANTISSA_BITS;
      return Double.longBitsToDouble(Double.doubleToRawLongBits(p) + exponent);
    }
  }

  /** Rates of vacancies from their environments: cache first, then one batch of evaluations. */
  static final class HopRates {
    private static final int BATCH = EnvironmentCache.SLOTS;

    private final HopGeometry geometry;
    private final ArrheniusRates arrhenius;
    private final BarrierKernel kernel;
    private final EnvironmentCache cache;
    private final boolean remembers;
    private final byte[] codes;
    private final int[] basis = new int[BATCH];
    private final float[] values;
    private final int[] missing = new int[BATCH];

    HopRates(
        HopGeometry geometry,
        BarrierModel model,
        ArrheniusRates arrhenius,
        EnvironmentCache cache) {
      this.geometry = geometry;
      this.arrhenius = arrhenius;
      this.cache = cache;
      this.remembers = cache != null || model.quick();
      kernel = model.newKernel();
      codes = new byte[BATCH * geometry.sites];
      values = new float[BATCH * geometry.hops];
    }

    /** Fills in rates ({@code v}: environments and basis positions are read, rates written). */
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
      return remembers;
    }

    /** Counts rates that the caller had kept as found in the cache, where they are. */
    void countRemembered() {
      if (cache != null) {
        cache.countHit();
      }
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

  /**
   * Remembers the rates and the environment from which the last jump started. A hop straight back,
   * if nothing else happened in between, leads to the very state of two jumps ago, so neither has
   * to be found again. Two jumps of three are such hops in an ordered alloy at 1000 K, nine of ten
   * at 600 K.
   */
  static final class StepBack {
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
}
