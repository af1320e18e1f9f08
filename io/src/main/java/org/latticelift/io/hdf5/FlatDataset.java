package org.latticelift.io.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.Attribute;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.Group;
import io.jhdf.exceptions.HdfWritingException;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A contiguous dataset of any shape from a flat array, or (data absent) one whose place is only
 * reserved: its header is written, its data address is rounded up to {@value #ALIGNMENT} and
 * reported, and the file stays sparse there.
 */
final class FlatDataset extends WritableDatasetImpl {
  static final int ALIGNMENT = 4096;
  private static final long UNDEFINED_ADDRESS = -1L;

  private final Object flat;
  private final DataSpace space;
  private final long bytes;
  private final LongConsumer onAddress;

  private FlatDataset(
      String name, Group parent, ElementType type, long[] dims, Object flat, LongConsumer address) {
    super(prototype(type, dims.length), name, parent, options(type));
    this.flat = flat;
    this.space = space(dims);
    this.bytes = Math.multiplyExact(space.getTotalLength(), type.bytes());
    this.onAddress = address;
  }

  static FlatDataset of(String name, Group parent, ElementType type, long[] dims, Object flat) {
    return new FlatDataset(name, parent, type, dims, flat, address -> {});
  }

  static FlatDataset reserved(
      String name, Group parent, ElementType type, long[] dims, LongConsumer address) {
    return new FlatDataset(name, parent, type, dims, null, address);
  }

  private static DatasetCreationOptions options(ElementType type) {
    boolean unsigned =
        type == ElementType.UINT8 || type == ElementType.UINT16 || type == ElementType.UINT32;
    DatasetCreationOptions.Builder builder = DatasetCreationOptions.builder();
    return unsigned ? builder.unsigned().build() : builder.build();
  }

  private static Object prototype(ElementType type, int rank) {
    Class<?> element =
        switch (type) {
          case INT8, UINT8 -> byte.class;
          case INT16, UINT16 -> short.class;
          case INT32, UINT32 -> int.class;
          case INT64 -> long.class;
          case FLOAT32 -> float.class;
          case FLOAT64 -> double.class;
          case TEXT, OTHER -> throw new IllegalArgumentException("not a numeric type: " + type);
        };
    return rank == 0 ? Array.get(Array.newInstance(element, 1), 0) : ones(element, rank);
  }

  private static Object ones(Class<?> element, int rank) {
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    return Array.newInstance(element, shape);
  }

  private static DataSpace space(long[] dims) {
    Object shape = dims.length == 0 ? (Object) (byte) 0 : ones(byte.class, dims.length);
    return DataSpace.modifyDimensions(DataSpace.fromObject(shape), dims);
  }

  @Override
  public long write(HdfFileChannel channel, long position) {
    long header = header(position, UNDEFINED_ADDRESS).toBuffer().limit();
    long address = bytes == 0 ? UNDEFINED_ADDRESS : dataAddress(position + header);
    channel.write(header(position, address).toBuffer(), position);
    if (flat != null && bytes > 0) {
      writeData(channel, address);
    }
    onAddress.accept(address);
    return bytes == 0 ? position + header : address + bytes;
  }

  private long dataAddress(long afterHeader) {
    long unit = flat == null ? ALIGNMENT : Long.BYTES;
    return (afterHeader + unit - 1) / unit * unit;
  }

  private void writeData(HdfFileChannel channel, long address) {
    try {
      FlatArrays.encode(
          flat, 0, FlatArrays.length(flat), (buffer, at) -> channel.write(buffer, address + at));
    } catch (IOException e) {
      throw new HdfWritingException("writing " + getName(), e);
    }
  }

  private ObjectHeader.ObjectHeaderV2 header(long position, long address) {
    List<Message> messages = new ArrayList<>();
    messages.add(DataTypeMessage.create(getDataType()));
    messages.add(DataSpaceMessage.create(space));
    messages.add(FillValueMessage.NO_FILL);
    messages.add(ContiguousDataLayoutMessage.create(address, bytes));
    messages.add(AttributeInfoMessage.create());
    for (Map.Entry<String, Attribute> attribute : getAttributes().entrySet()) {
      messages.add(AttributeMessage.create(attribute.getKey(), attribute.getValue()));
    }
    return new ObjectHeader.ObjectHeaderV2(position, messages);
  }
}
