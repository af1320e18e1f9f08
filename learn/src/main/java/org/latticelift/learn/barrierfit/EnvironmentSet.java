package org.latticelift.learn.barrierfit;

import java.util.Arrays;

/** Distinct environments in the order they came; exact (whole environments are compared). */
final class EnvironmentSet {
  private static final int EMPTY = -1;

  private final int sites;
  private byte[] codes;
  private int[] slots = filled(1024);
  private int size;

  EnvironmentSet(int sites) {
    this.sites = sites;
    codes = new byte[256 * sites];
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  /** Adds an environment; false if it is there already. */
  boolean add(byte[] from, int at) {
    int slot = find(from, at);
    if (slots[slot] != EMPTY) {
      return false;
    }
    if ((size + 1) * sites > codes.length) {
      codes = Arrays.copyOf(codes, Math.multiplyExact(2, codes.length));
    }
    System.arraycopy(from, at, codes, size * sites, sites);
    slots[slot] = size++;
    if (2 * size > slots.length) {
      grow();
    }
    return true;
  }

  int size() {
    return size;
  }

  byte[] toArray() {
    return Arrays.copyOf(codes, size * sites);
  }

  private int find(byte[] from, int at) {
    int slot = hash(from, at) & (slots.length - 1);
    while (slots[slot] != EMPTY && !equal(slots[slot], from, at)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean equal(int index, byte[] from, int at) {
    int own = index * sites;
    return Arrays.equals(codes, own, own + sites, from, at, at + sites);
  }

  private int hash(byte[] from, int at) {
    long hash = 0;
    for (int i = 0; i < sites; i++) {
      hash = (hash ^ from[at + i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ hash >>> 32);
  }

  private void grow() {
    slots = filled(2 * slots.length);
    for (int i = 0; i < size; i++) {
      slots[find(codes, i * sites)] = i;
    }
  }
}
