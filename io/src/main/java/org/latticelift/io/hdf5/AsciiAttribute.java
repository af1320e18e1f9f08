package org.latticelift.io.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.message.DataSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A text attribute in ASCII without a NUL at its end, for formats whose readers refuse the UTF-8
 * that jHDF writes and take its NUL for a part of the text.
 */
final class AsciiAttribute implements Attribute {
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
