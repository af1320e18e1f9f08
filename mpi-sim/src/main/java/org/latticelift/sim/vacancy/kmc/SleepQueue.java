package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;

/** Sleepers in the order in which they wake: a binary heap. */
final class SleepQueue {
  private Sleeper[] heap = new Sleeper[8];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    Arrays.fill(heap, 0, size, null);
    size = 0;
  }

  /** The one that wakes first. */
  Sleeper first() {
    return heap[0];
  }

  void add(Sleeper sleeper) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    put(sleeper, size++);
    rise(size - 1);
  }

  void remove(Sleeper sleeper) {
    int k = sleeper.place;
    size--;
    Sleeper last = heap[size];
    heap[size] = null;
    if (k < size) {
      put(last, k);
      rise(k);
      sink(k);
    }
  }

  private void rise(int from) {
    int k = from;
    while (k > 0 && before(heap[k], heap[(k - 1) / 2])) {
      swap(k, (k - 1) / 2);
      k = (k - 1) / 2;
    }
  }

  private void sink(int from) {
    int k = from;
    while (2 * k + 1 < size) {
      int child = 2 * k + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], heap[k])) {
        return;
      }
      swap(k, child);
      k = child;
    }
  }

  private static boolean before(Sleeper a, Sleeper b) {
    return a.wakes < b.wakes || a.wakes == b.wakes && a.vacancy < b.vacancy;
  }

  private void swap(int i, int j) {
    Sleeper held = heap[i];
    put(heap[j], i);
    put(held, j);
  }

  private void put(Sleeper sleeper, int k) {
    heap[k] = sleeper;
    sleeper.place = k;
  }
}
