package org.latticelift.io.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * References to objects, each as an object of global heap collections (HDF5 file format
 * specification, III.E), which is where sequences of variable length are.
 */
final class GlobalHeap {
  /** Length, address and number of a stored sequence. */
  static final int ENTRY_BYTES = 16;

  private static final byte[] SIGNATURE = "GCOL".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 16;
  private static final int OBJECT = HEADER + Long.BYTES;
  private static final int SMALLEST = 4096;

  /** Numbers of objects have two bytes. */
  private static final int MOST = 60_000;

  private final long address;
  private final List<Long> references = new ArrayList<>();

  /** A heap that will begin here. */
  GlobalHeap(long address) {
    this.address = address;
  }

  /** Stores a reference; what stands for it in a dataset or attribute. */
  void add(long reference, ByteBuffer entry) {
    int number = references.size();
    long collection = address + (long) number / MOST * (HEADER + (long) MOST * OBJECT);
    entry.putInt(1).putLong(collection).putInt(number % MOST + 1);
    references.add(reference);
  }

  /** All collections. */
  ByteBuffer bytes() {
    int full = references.size() / MOST;
    int rest = references.size() % MOST;
    int last = rest == 0 ? 0 : Math.max(SMALLEST, HEADER + rest * OBJECT + HEADER);
    ByteBuffer heap = HeaderMessage.little(full * (HEADER + MOST * OBJECT) + last);
    for (int first = 0; first < references.size(); first += MOST) {
      int count = Math.min(MOST, references.size() - first);
      put(heap, references.subList(first, first + count), count == MOST);
    }
    return heap.flip();
  }

  private static void put(ByteBuffer heap, List<Long> collection, boolean isFull) {
    int used = HEADER + collection.size() * OBJECT;
    int size = isFull ? used : Math.max(SMALLEST, used + HEADER);
    heap.put(SIGNATURE).put(new byte[] {1, 0, 0, 0}).putLong(size);
    for (int i = 0; i < collection.size(); i++) {
      heap.putShort((short) (i + 1)).putShort((short) 0).putInt(0).putLong(Long.BYTES);
      heap.putLong(collection.get(i));
    }
    if (!isFull) {
      heap.putLong(0).putLong(size - used); // object 0: what is free, with these 16 bytes
      heap.position(heap.position() + size - used - HEADER);
    }
  }
}
