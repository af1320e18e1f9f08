package org.latticelift.io.hdf5;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfWritingException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A channel whose writes are complete or fail; jHDF ignores short writes (full disks). */
final class FullWriteChannel extends HdfFileChannel {
  private final FileChannel channel;

  FullWriteChannel(FileChannel channel, Superblock superblock) {
    super(channel, superblock);
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer buffer, long position) {
    int length = buffer.remaining();
    try {
      writeFully(channel, buffer, position);
    } catch (IOException e) {
      throw new HdfWritingException("writing at " + position, e);
    }
    return length;
  }

  @Override
  public int write(ByteBuffer buffer) {
    int length = buffer.remaining();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new HdfWritingException("writing", e);
    }
    return length;
  }

  static void writeFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }
}
