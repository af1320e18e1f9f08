package org.latticelift.sim.vacancy.kmc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.ForwardingBarriers;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;

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
   * @param at where this one begins
   * @param rates receives a rate per hop, 1/s
   * @param to where they begin
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

  /** Look-ups so far; one per vacancy whose rates were needed. */
  public long lookups() {
    return lookups;
  }

  /** Successful look-ups so far, at most {@link #lookups}. */
  public long hits() {
    return hits;
  }

  /**
   * Packs an environment into a key of a few longs: 2 bits per site for up to three species, else 4
   * bits. Each word overlays 4 (or 2) runs of eight codes, shifted by 2 (or 4) bits, so that
   * packing the 112 codes of BCC takes 14 loads. The 224 bits leave room for a tag in the fourth
   * word; an environment that fills its words gets one more.
   */
  static final class CodePacking {
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long BYTES = 0x0101010101010101L;

    /** Codes in one word at 2 bits each. */
    private static final int PAIRED_CODES = 32;

    private final int sites;
    private final int runs;
    private final int bits;
    private final int perWord;
    private final int words;
    private final int tagShift;
    private final long illegal;

    /**
     * A packing ({@code sites}: codes per environment; {@code tags}: number of tags to tell apart,
     * such as classes of basis positions).
     */
    CodePacking(int sites, int species, int tags) {
      this.sites = sites;
      runs = sites / Long.BYTES + (sites % Long.BYTES == 0 ? 0 : 1);
      bits = species <= 3 ? 2 : 4;
      perWord = Byte.SIZE / bits;
      illegal = (0xffL & -(1L << bits)) * BYTES;
      boolean room = runs % perWord != 0 && tags < 1 << bits;
      words = (runs + perWord - 1) / perWord + (room ? 0 : 1);
      tagShift = room ? bits * (runs % perWord) : 0;
    }

    int words() {
      return words;
    }

    /**
     * Packs one environment ({@code tag}: 0 to the number of tags - 1; the last word of a key is
     * never 0; {@code key}: filled from its element {@code to} on).
     */
    void pack(byte[] codes, int at, int tag, long[] key, int to) {
      long seen = 0;
      int w = 0;
      for (; bits == 2 && (w + 1) * PAIRED_CODES <= sites; w++) {
        int from = at + w * PAIRED_CODES;
        long c0 = (long) LONG.get(codes, from);
        long c1 = (long) LONG.get(codes, from + Long.BYTES);
        long c2 = (long) LONG.get(codes, from + 2 * Long.BYTES);
        long c3 = (long) LONG.get(codes, from + 3 * Long.BYTES);
        seen |= c0 | c1 | c2 | c3;
        key[to + w] = c0 | c1 << 2 | c2 << 4 | c3 << 6;
      }
      int run = w * perWord;
      int whole = sites / Long.BYTES;
      for (; w < words; w++) {
        long word = 0;
        for (int s = 0; s < Byte.SIZE && run < runs; s += bits) {
          long codesOfRun =
              run < whole ? (long) LONG.get(codes, at + run * Long.BYTES) : tail(codes, at);
          seen |= codesOfRun;
          word |= codesOfRun << s;
          run++;
        }
        key[to + w] = word;
      }
      if ((seen & illegal) != 0) {
        throw unknownSpecies();
      }
      key[to + words - 1] |= (tag + 1L) << tagShift;
    }

    private long tail(byte[] codes, int at) {
      long word = 0;
      for (int j = sites - 1; j >= sites / Long.BYTES * Long.BYTES; j--) {
        word = word << Byte.SIZE | codes[at + j];
      }
      return word;
    }

    private LatticeLiftException unknownSpecies() {
      return LatticeLiftException.badData(
          "an environment holds a species code that the barrier model does not know",
          "lattice",
          "codes 0 to " + ((1 << bits) - 1),
          "Use a barrier model for all species of the alloy");
    }
  }

  /**
   * A barrier model that remembers the barriers of environments seen before, at whatever
   * temperature: for simulators of one temperature after the other, which then compute rates only
   * (EX-51). The bits are those of the model. Serves one thread, unlike other models.
   *
   * <p>Cost of an environment that is known: a look-up of the {@link EnvironmentCache}; its eight
   * rates take 40 ns more than remembered ones.
   */
  public static final class RememberedBarriers extends ForwardingBarriers {
    private final EnvironmentCache cache;

    /** Nothing is remembered yet ({@code bytes}: memory to use at most). */
    public RememberedBarriers(BarrierModel model, long bytes) {
      super(model);
      this.cache = new EnvironmentCache(model, Double.NaN, bytes);
    }

    /** Kernels share what is remembered. */
    @Override
    public BarrierKernel newKernel() {
      return new Remembering(super.newKernel());
    }

    private final class Remembering implements BarrierKernel {
      private final BarrierKernel kernel;
      private final int sites = crystal().environmentSize();
      private final int hops = crystal().hopCount();

      Remembering(BarrierKernel kernel) {
        this.kernel = kernel;
      }

      @Override
      public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
        if (!cache.fetch(0, environment, at, basis, barriers, to)) {
          kernel.barriers(environment, at, basis, barriers, to);
          cache.store(0, barriers, to);
        }
      }

      @Override
      public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
        for (int i = 0; i < count; i++) {
          barriers(environments, i * sites, basis[i], barriers, i * hops);
        }
      }
    }
  }
}
