package org.latticelift.kmc;

import org.latticelift.barrier.BarrierModel;
import org.latticelift.crystal.Crystal;

/**
 * Rates of environments seen before, for one barrier model at one temperature. Exact: the whole
 * environment is the key and is compared in full, so a hit returns the bits that an evaluation
 * would. Not safe for use by several threads.
 *
 * <p>Two-way sets with the latest used first; memory is fixed. A BCC entry is 64 bytes: 28 of key,
 * 4 of tag, 8 rates; a look-up reads one or two cache lines (about 20 ns in a warm cache, 100 ns
 * from memory). Basis positions enter the key only if their environments differ in lab order (not
 * in BCC and FCC); where they do not, a model must not depend on them.
 */
public final class EnvironmentCache {
  private static final int WAYS = 2;

  private final BarrierModel model;
  private final double kelvin;
  private final CodePacking packing;
  private final int[] classes;
  private final int hops;
  private final int words;
  private final int stride;
  private final int sets;
  private final long[] entries;
  private final long[] key;
  private long lookups;
  private long hits;

  /**
   * An empty cache.
   *
   * @param model the model whose rates are kept
   * @param temperatureK the temperature of the rates, K
   * @param bytes memory to use at most (but at least one set is kept); the number of sets is the
   *     largest power of two that fits, up to 2 GiB
   */
  public EnvironmentCache(BarrierModel model, double temperatureK, long bytes) {
    this.model = model;
    kelvin = temperatureK;
    Crystal crystal = model.crystal();
    classes = HopGeometry.classes(crystal);
    packing = new CodePacking(crystal.environmentSize(), model.species(), crystal.basisCount());
    hops = crystal.hopCount();
    words = packing.words();
    stride = words + (hops + 1) / 2;
    long setBytes = (long) WAYS * stride * Long.BYTES;
    long room = Math.min(bytes, 1L << 31) / setBytes;
    sets = (int) Long.highestOneBit(Math.max(1, room));
    entries = new long[Math.toIntExact((long) sets * WAYS * stride)];
    key = new long[words];
  }

  /** Copies the rates of an environment if they are here. */
  boolean fetch(byte[] codes, int at, int basis, float[] rates, int to) {
    packing.pack(codes, at, classes[basis], key);
    lookups++;
    int first = set();
    if (!holds(first)) {
      if (!holds(first + stride)) {
        return false;
      }
      swap(first);
    }
    hits++;
    read(first + words, rates, to);
    return true;
  }

  /** Keeps the rates of an environment; the set's least recently used entry gives way. */
  void store(byte[] codes, int at, int basis, float[] rates, int from) {
    packing.pack(codes, at, classes[basis], key);
    int first = set();
    System.arraycopy(entries, first, entries, first + stride, stride);
    System.arraycopy(key, 0, entries, first, words);
    for (int d = 0; d < hops; d += 2) {
      long low = Float.floatToRawIntBits(rates[from + d]) & 0xffffffffL;
      long high = d + 1 < hops ? Float.floatToRawIntBits(rates[from + d + 1]) : 0;
      entries[first + words + d / 2] = high << 32 | low;
    }
  }

  private void read(int at, float[] rates, int to) {
    for (int d = 0; d + 1 < hops; d += 2) {
      long pair = entries[at + d / 2];
      rates[to + d] = Float.intBitsToFloat((int) pair);
      rates[to + d + 1] = Float.intBitsToFloat((int) (pair >>> 32));
    }
    if ((hops & 1) == 1) {
      rates[to + hops - 1] = Float.intBitsToFloat((int) entries[at + hops / 2]);
    }
  }

  private int set() {
    long hash = 0;
    for (long word : key) {
      hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return (int) (hash & (sets - 1)) * WAYS * stride;
  }

  private boolean holds(int at) {
    long difference = 0;
    for (int w = 0; w < words; w++) {
      difference |= entries[at + w] ^ key[w];
    }
    return difference == 0;
  }

  private void swap(int first) {
    for (int i = first; i < first + stride; i++) {
      long other = entries[i + stride];
      entries[i + stride] = entries[i];
      entries[i] = other;
    }
  }

  /** Whether the cache was made for this model and temperature. */
  boolean serves(BarrierModel other, double temperatureK) {
    return model == other && kelvin == temperatureK;
  }

  /**
   * Look-ups so far.
   *
   * @return one per vacancy whose rates were needed
   */
  public long lookups() {
    return lookups;
  }

  /**
   * Successful look-ups so far.
   *
   * @return at most {@link #lookups}
   */
  public long hits() {
    return hits;
  }

  /**
   * Share of successful look-ups.
   *
   * @return 0 to 1; 0 before the first look-up
   */
  public double hitRate() {
    return lookups == 0 ? 0 : (double) hits / lookups;
  }

  /**
   * Environments that fit.
   *
   * @return a power of two
   */
  public long capacity() {
    return (long) sets * WAYS;
  }
}
