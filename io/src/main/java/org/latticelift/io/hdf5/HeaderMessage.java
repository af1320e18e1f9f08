package org.latticelift.io.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  /**
   * References to objects, each as an object of global heap collections (HDF5 file format
   * specification, III.E), which is where sequences of variable length are.
   */
  static final class GlobalHeap {
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

  /**
   * A text attribute in ASCII without a NUL at its end, for formats whose readers refuse the UTF-8
   * that jHDF writes and take its NUL for a part of the text.
   */
  static final class AsciiAttribute implements Attribute {
    private static final byte NULL_PADDED = 1;

    private final Node node;
    private final String name;
    private final String value;

    AsciiAttribute(Node node, String name, String value) {
      this.node = node;
      this.name = name;
      this.value = value;
    }

    /** jHDF would write any text type as UTF-8. */
    @Override
    public DataType getDataType() {
      byte[] type =
          HeaderMessage.little(8)
              .put(new byte[] {0x13, NULL_PADDED, 0, 0})
              .putInt(encoded().length)
              .array();
      return new StringData(ByteBuffer.wrap(type).order(ByteOrder.LITTLE_ENDIAN)) {
        @Override
        public ByteBuffer toBuffer() {
          return ByteBuffer.wrap(type);
        }

        @Override
        public ByteBuffer encodeData(Object data) {
          return ByteBuffer.wrap(encoded());
        }
      };
    }

    private byte[] encoded() {
      return value.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public DataSpace getDataSpace() {
      return DataSpace.fromObject(value);
    }

    @Override
    public Node getNode() {
      return node;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public long getSize() {
      return 1;
    }

    @Override
    public long getSizeInBytes() {
      return encoded().length;
    }

    @Override
    public int[] getDimensions() {
      return new int[0];
    }

    @Override
    public long[] getDimensionsAsLong() {
      return new long[0];
    }

    @Override
    public Object getData() {
      return value;
    }

    @Override
    public Class<?> getJavaType() {
      return String.class;
    }

    @Override
    public boolean isScalar() {
      return true;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public ByteBuffer getBuffer() {
      return ByteBuffer.wrap(encoded());
    }
  }
}
