package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Rates of environments seen before, for one barrier model at one temperature. Exact: the whole
 * environment is the key and is compared in full, so a hit returns the bits that an evaluation
 * would. Not safe for use by several threads.
 *
 * <p>Two-way sets with the latest used first; memory is fixed. A BCC entry is 64 bytes: 28 of key,
 * 4 of tag, 8 rates. Entries begin 64 bytes after the beginning of their array, so each is one
 * cache line if Java places objects at multiples of 64 bytes. A look-up packs the environment (14
 * loads), hashes and reads one or two lines; {@code EnvironmentCacheBenchmark} measures 30 to 60 ns
 * while the entries are in the near caches of the processor, 400 ns from memory. Basis positions
 * enter the key only if their environments differ in lab order (not in BCC and FCC); where they do
 * not, a model must not depend on them.
 */
public final class EnvironmentCache {
  /** Environments that may be looked up before the first missing one is stored. */
  static final int SLOTS = 64;

  private static final int WAYS = 2;

  /** Where entries begin: 64 bytes from the array, 16 of which are its header. */
  private static final int FIRST = 6;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final BarrierModel model;
  private final double kelvin;
  private final CodePacking packing;
  private final int[] classes;
  private final int hops;
  private final int words;
  private final int stride;
  private final int sets;
  private final long[] entries;

  /** Keys and sets of the environments looked up last, one per slot. */
  private final long[] keys;

  private final int[] places = new int[SLOTS];
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
    entries = new long[Math.toIntExact(FIRST + (long) sets * WAYS * stride)];
    keys = new long[SLOTS * words];
  }

  /**
   * Copies the rates of an environment if they are here.
   *
   * @param slot where to keep the key for {@link #store} if they are not
   * @param codes codes of environments
   * @param at where this one begins
   * @param basis site of the cell around which it is
   * @param rates receives a rate per hop, 1/s
   * @param to where they begin
   * @return whether they are here
   */
  public boolean fetch(int slot, byte[] codes, int at, int basis, float[] rates, int to) {
    int key = slot * words;
    packing.pack(codes, at, classes[basis], keys, key);
    lookups++;
    int first = set(key);
    if (!holds(first, key)) {
      if (!holds(first + stride, key)) {
        places[slot] = first;
        return false;
      }
      swap(first);
    }
    hits++;
    read(first + words, rates, to);
    return true;
  }

  /**
   * Keeps the rates of a missing environment; the set's least recently used entry gives way.
   *
   * @param slot of the {@link #fetch} that missed it
   * @param rates a rate per hop, 1/s
   * @param from where they begin
   */
  public void store(int slot, float[] rates, int from) {
    int first = places[slot];
    System.arraycopy(entries, first, entries, first + stride, stride);
    System.arraycopy(keys, slot * words, entries, first, words);
    for (int d = 0; d < hops; d += 2) {
      long low = Float.floatToRawIntBits(rates[from + d]) & 0xffffffffL;
      long high = d + 1 < hops ? Float.floatToRawIntBits(rates[from + d + 1]) : 0;
      entries[first + words + d / 2] = high << 32 | low;
    }
  }

  /** Counts a look-up that the caller saved since it still knew the rates. */
  void countHit() {
    lookups++;
    hits++;
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

  /** Words times odd numbers, which may be done at the same time, then mixed once. */
  private int set(int at) {
    long hash = 0;
    long factor = GOLDEN;
    for (int w = 0; w < words; w++) {
      hash += keys[at + w] * factor;
      factor += 2 * GOLDEN;
    }
    hash = (hash ^ hash >>> 32) * GOLDEN;
    return FIRST + (int) (hash >>> 32 & sets - 1) * WAYS * stride;
  }

  private boolean holds(int entry, int at) {
    long difference = 0;
    for (int w = 0; w < words; w++) {
      difference |= entries[entry + w] ^ keys[at + w];
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
}
