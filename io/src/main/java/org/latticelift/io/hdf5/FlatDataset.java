package org.latticelift.io.hdf5;

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
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A contiguous dataset of any shape: from a flat array or from texts; one whose place is only
 * reserved, so that its data address is rounded up to {@value #ALIGNMENT} and reported and the file
 * stays sparse there; or a dimension scale, which has a length and no data.
 *
 * <p>Its axes may be attached to dimension scales. References are addresses, which are known after
 * everything was written once: then headers are written again, with the same length.
 */
final class FlatDataset extends WritableDatasetImpl {
  static final int ALIGNMENT = 4096;
  private static final long UNDEFINED_ADDRESS = -1L;

  /** Whether there is data, and where. */
  private enum Storage {
    STORED,
    RESERVED,
    NONE
  }

  private final Object flat;
  private final Storage storage;
  private final DataSpace space;
  private final long bytes;
  private final LongConsumer onAddress;
  private final List<String> axes;
  private final ScaleLinks links = new ScaleLinks();
  private long headerAddress;
  private long dataAddress = UNDEFINED_ADDRESS;

  private FlatDataset(
      Place place,
      Object prototype,
      ElementType type,
      long[] dims,
      Object flat,
      Storage storage,
      LongConsumer address) {
    super(prototype, place.name(), place.parent(), options(type));
    this.flat = flat;
    this.storage = storage;
    this.space = space(dims);
    this.bytes = Math.multiplyExact(space.getTotalLength(), getDataType().getSize());
    this.onAddress = address;
    this.axes = place.axes();
  }

  /** Where a dataset is, and the names of its axes. */
  record Place(String name, Group parent, List<String> axes) {}

  static FlatDataset of(Place place, ElementType type, long[] dims, Object flat) {
    Object prototype = prototype(type, dims.length);
    return new FlatDataset(place, prototype, type, dims, flat, Storage.STORED, address -> {});
  }

  static FlatDataset reserved(Place place, ElementType type, long[] dims, LongConsumer address) {
    Object prototype = prototype(type, dims.length);
    return new FlatDataset(place, prototype, type, dims, null, Storage.RESERVED, address);
  }

  /** A text (scalar) or several ({@code String[]}), in UTF-8 of fixed length. */
  static FlatDataset texts(Place place, Object value) {
    String[] texts = value instanceof String[] several ? several : new String[] {(String) value};
    long[] dims = value instanceof String[] ? new long[] {texts.length} : new long[0];
    int size = io.jhdf.object.datatype.DataType.fromObject(value).getSize();
    byte[] encoded = new byte[Math.multiplyExact(texts.length, size)];
    for (int i = 0; i < texts.length; i++) {
      byte[] text = texts[i].getBytes(StandardCharsets.UTF_8);
      System.arraycopy(text, 0, encoded, i * size, text.length);
    }
    return new FlatDataset(
        place, value, ElementType.TEXT, dims, encoded, Storage.STORED, address -> {});
  }

  /** What names an axis and gives its length: values are not stored and read as zeros. */
  static FlatDataset scale(String name, Group parent, long length) {
    return new FlatDataset(
        new Place(name, parent, List.of(name)),
        prototype(ElementType.FLOAT32, 1),
        ElementType.FLOAT32,
        new long[] {length},
        null,
        Storage.NONE,
        address -> {});
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

  /** Names of the axes. */
  List<String> axes() {
    return axes;
  }

  /** Lengths of the axes. */
  long[] lengths() {
    return space.getDimensionsAsLong();
  }

  /** The scales of its axes, or what it is the scale of. */
  ScaleLinks links() {
    return links;
  }

  /** Whether it was made to name an axis and holds nothing. */
  boolean isBareScale() {
    return storage == Storage.NONE;
  }

  /** Where its header begins; known after {@link #write}. */
  long headerAddress() {
    return headerAddress;
  }

  @Override
  public long write(HdfFileChannel channel, long position) {
    headerAddress = position;
    long end = position + header().limit();
    if (bytes > 0 && storage != Storage.NONE) {
      long unit = storage == Storage.RESERVED ? ALIGNMENT : Long.BYTES;
      dataAddress = (end + unit - 1) / unit * unit;
      end = dataAddress + bytes;
    }
    writeHeader(channel);
    if (bytes > 0 && storage == Storage.STORED) {
      writeData(channel);
    }
    onAddress.accept(dataAddress);
    return end;
  }

  /** Writes the header, again once the addresses of scales are known. */
  void writeHeader(HdfFileChannel channel) {
    channel.write(header(), headerAddress);
  }

  private void writeData(HdfFileChannel channel) {
    try {
      FlatArrays.encode(
          flat,
          0,
          FlatArrays.length(flat),
          (buffer, at) -> channel.write(buffer, dataAddress + at));
    } catch (IOException e) {
      throw new HdfWritingException("writing " + getName(), e);
    }
  }

  private ByteBuffer header() {
    List<HeaderMessage> messages = new ArrayList<>();
    messages.add(HeaderMessage.of(DataTypeMessage.create(getDataType())));
    messages.add(HeaderMessage.of(DataSpaceMessage.create(space)));
    messages.add(
        storage == Storage.NONE
            ? HeaderMessage.ZERO_FILL
            : HeaderMessage.of(FillValueMessage.NO_FILL));
    messages.add(HeaderMessage.of(ContiguousDataLayoutMessage.create(dataAddress, bytes)));
    messages.add(HeaderMessage.of(AttributeInfoMessage.create()));
    for (Map.Entry<String, Attribute> attribute : getAttributes().entrySet()) {
      messages.add(
          HeaderMessage.of(AttributeMessage.create(attribute.getKey(), attribute.getValue())));
    }
    messages.addAll(links.messages(this));
    return HeaderMessage.header(messages);
  }
}
