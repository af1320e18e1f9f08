package org.latticelift.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds the HDF5 signature, which may follow a user block of 512, 1024, 2048, ... bytes. */
final class Signature {
  private static final long MAGIC = 0x894844460d0a1a0aL;
  private static final long FIRST_USER_BLOCK = 512;
  private static final long LARGEST_USER_BLOCK = 1L << 20;

  private Signature() {}

  /** Position of the signature, or -1. */
  static long offset(FileChannel channel) throws IOException {
    for (long at = 0; at <= LARGEST_USER_BLOCK; at = at == 0 ? FIRST_USER_BLOCK : 2 * at) {
      ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
      if (channel.read(buffer, at) == Long.BYTES && buffer.getLong(0) == MAGIC) {
        return at;
      }
    }
    return -1;
  }
}
