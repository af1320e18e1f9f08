package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.basin.AbsorbingChain;

/**
 * Finds states of a basin by a hash of their configuration: the exclusive or of one mixed number
 * per changed site and code, so that an exchange of two sites changes it in four operations. Equal
 * hashes are candidates only.
 */
final class StateIndex {
  private static final int NONE = -1;
  private static final int BUCKETS = 256;
  private static final int CODES = 16;

  private final byte[] head = new byte[BUCKETS];
  private final byte[] next = new byte[AbsorbingChain.MOST];
  private final long[] hash = new long[AbsorbingChain.MOST];

  StateIndex() {
    clear();
  }

  void clear() {
    Arrays.fill(head, (byte) NONE);
  }

  /** Hash after the vacancy at one site changed places with the atom at another. */
  static long exchanged(long hash, long vacancy, long atom, int code) {
    long v = vacancy * CODES;
    long a = atom * CODES;
    return hash ^ mixed(v) ^ mixed(v + code) ^ mixed(a + code) ^ mixed(a);
  }

  private static long mixed(long key) {
    long z = (key + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    return z ^ z >>> 27;
  }

  private static int bucket(long hash) {
    return (int) hash & (BUCKETS - 1);
  }

  long hash(int i) {
    return hash[i];
  }

  void put(int i, long key) {
    hash[i] = key;
    next[i] = head[bucket(key)];
    head[bucket(key)] = (byte) i;
  }

  void remove(int i) {
    int b = bucket(hash[i]);
    if (head[b] == i) {
      head[b] = next[i];
      return;
    }
    int k = head[b];
    while (next[k] != i) {
      k = next[k];
    }
    next[k] = next[i];
  }

  /** A state with this hash, or -1. */
  int first(long key) {
    return matching(head[bucket(key)], key);
  }

  /** The next one after a state. */
  int next(int i, long key) {
    return matching(next[i], key);
  }

  private int matching(int from, long key) {
    int i = from;
    while (i != NONE && hash[i] != key) {
      i = next[i];
    }
    return i;
  }
}
