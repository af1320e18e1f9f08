package org.latticelift.io.hdf5;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import io.jhdf.object.message.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One message of an object header, as bytes, and the header itself (version 2 of the HDF5 file
 * format specification, IV.A.1.b). jHDF makes most of them; those here it cannot make.
 *
 * @param type of the message
 * @param flags of the message
 * @param body its data
 */
record HeaderMessage(int type, int flags, ByteBuffer body) {
  private static final int FILL_VALUE = 0x05;
  private static final int ATTRIBUTE = 0x0C;
  private static final byte[] SIGNATURE = "OHDR".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_VERSION = 2;
  private static final int LENGTH_OF_FOUR_BYTES = 0x02;
  private static final int PREFIX = 4 + 1 + 1 + 4;
  private static final int ATTRIBUTE_VERSION = 3;

  /** Version 3; allocated late, written where set, the default value: zeros. */
  static final HeaderMessage ZERO_FILL =
      new HeaderMessage(FILL_VALUE, 0, ByteBuffer.wrap(new byte[] {3, 0x0A}));

  /** A message of jHDF. */
  static HeaderMessage of(Message message) {
    return new HeaderMessage(message.getMessageType(), message.flagsToBytes()[0], body(message));
  }

  private static ByteBuffer body(Message message) {
    ByteBuffer body = message.toBuffer();
    return body.rewind();
  }

  /** An attribute of any type; the parts are as the specification writes them. */
  static HeaderMessage attribute(String name, byte[] dataType, byte[] dataSpace, byte[] data) {
    byte[] title = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer body =
        little(9 + title.length + dataType.length + dataSpace.length + data.length)
            .put((byte) ATTRIBUTE_VERSION)
            .put((byte) 0)
            .putShort((short) title.length)
            .putShort((short) dataType.length)
            .putShort((short) dataSpace.length)
            .put((byte) 0) // the name is ASCII
            .put(title)
            .put(dataType)
            .put(dataSpace)
            .put(data)
            .flip();
    return new HeaderMessage(ATTRIBUTE, 0, body);
  }

  /** A whole header in one block. */
  static ByteBuffer header(List<HeaderMessage> messages) {
    int length = messages.stream().mapToInt(message -> 4 + message.body.limit()).sum();
    ByteBuffer header =
        little(PREFIX + length + Integer.BYTES)
            .put(SIGNATURE)
            .put((byte) HEADER_VERSION)
            .put((byte) LENGTH_OF_FOUR_BYTES)
            .putInt(length);
    for (HeaderMessage message : messages) {
      int size = message.body.limit();
      if (size > 0xFFFF) {
        throw new IllegalArgumentException("a message of " + size + " bytes in a header");
      }
      header.put((byte) message.type).putShort((short) size).put((byte) message.flags);
      header.put(message.body.duplicate());
    }
    byte[] summed = new byte[header.position()];
    header.get(0, summed);
    return header.putInt(JenkinsLookup3HashLittle.hash(summed)).flip();
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
