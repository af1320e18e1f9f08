package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The sites in which a configuration differs from another, the root: a list in site order, one
 * {@code long} per site that holds its number, its code at the root and its code now.
 */
final class ChangedSites {
  private static final int SITE = 8;
  private static final int ROOT = 4;
  private static final int CODE = 15;

  private long[] entry = new long[16];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void set(ChangedSites other) {
    reserve(other.size);
    System.arraycopy(other.entry, 0, entry, 0, other.size);
    size = other.size;
  }

  private void reserve(int n) {
    if (n > entry.length) {
      entry = Arrays.copyOf(entry, 2 * n);
    }
  }

  /** Changes a site from one code to another. */
  void change(long site, int from, int to) {
    int at = size;
    while (at > 0 && entry[at - 1] >>> SITE >= site) {
      at--;
    }
    if (at < size && entry[at] >>> SITE == site) {
      int root = (int) (entry[at] >>> ROOT) & CODE;
      if (root == to) {
        size--;
        System.arraycopy(entry, at + 1, entry, at, size - at);
      } else {
        entry[at] = entry[at] & -(1L << ROOT) | to;
      }
    } else if (from != to) {
      reserve(size + 1);
      System.arraycopy(entry, at, entry, at + 1, size - at);
      entry[at] = site << SITE | (long) from << ROOT | to;
      size++;
    }
  }

  /** Makes a configuration of the same old root the root. */
  void rebase(ChangedSites root, ChangedSites scratch) {
    scratch.set(root);
    scratch.reverse();
    for (int k = 0; k < size; k++) {
      long site = entry[k] >>> SITE;
      scratch.change(site, scratch.codeAt(site, (int) (entry[k] >>> ROOT) & CODE), codeOf(k));
    }
    set(scratch);
  }

  private void reverse() {
    for (int k = 0; k < size; k++) {
      long root = entry[k] >>> ROOT & CODE;
      entry[k] = entry[k] & -(1L << SITE) | (entry[k] & CODE) << ROOT | root;
    }
  }

  private int codeOf(int k) {
    return (int) entry[k] & CODE;
  }

  private int codeAt(long site, int otherwise) {
    for (int k = 0; k < size; k++) {
      if (entry[k] >>> SITE == site) {
        return codeOf(k);
      }
    }
    return otherwise;
  }

  boolean same(ChangedSites other) {
    return Arrays.equals(entry, 0, size, other.entry, 0, other.size);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int k = 0; k < size; k++) {
      out.writeLong(entry[k]);
    }
  }

  void read(DataInput in) throws IOException {
    size = in.readInt();
    reserve(size);
    for (int k = 0; k < size; k++) {
      entry[k] = in.readLong();
    }
  }
}
