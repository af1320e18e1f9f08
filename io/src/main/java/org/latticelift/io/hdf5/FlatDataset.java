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
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.latticelift.io.hdf5.HeaderMessage.GlobalHeap;

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

  List<String> axes() {
    return axes;
  }

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

  /** Encodes flat primitive arrays piecewise, so that no second copy of a large array exists. */
  static final class FlatArrays {
    private static final int CHUNK_ELEMENTS = 1 << 17;

    private FlatArrays() {}

    /** Receives encoded bytes in order. */
    interface Sink {
      void accept(ByteBuffer bytes, long byteOffset) throws java.io.IOException;
    }

    static int length(Object array) {
      return Array.getLength(array);
    }

    static ElementType typeOf(Object array, boolean unsigned) {
      if (array instanceof byte[]) {
        return unsigned ? ElementType.UINT8 : ElementType.INT8;
      }
      if (array instanceof short[]) {
        return unsigned ? ElementType.UINT16 : ElementType.INT16;
      }
      if (array instanceof int[]) {
        return unsigned ? ElementType.UINT32 : ElementType.INT32;
      }
      if (unsigned) {
        throw new IllegalArgumentException("unsigned needs byte[], short[] or int[]");
      }
      if (array instanceof long[]) {
        return ElementType.INT64;
      }
      if (array instanceof float[]) {
        return ElementType.FLOAT32;
      }
      if (array instanceof double[]) {
        return ElementType.FLOAT64;
      }
      throw new IllegalArgumentException("not a flat primitive array: " + array.getClass());
    }

    static void encode(Object array, int offset, int length, Sink sink) throws java.io.IOException {
      if (array instanceof byte[] bytes) {
        sink.accept(ByteBuffer.wrap(bytes, offset, length), 0);
        return;
      }
      int size = typeOf(array, false).bytes();
      ByteBuffer buffer =
          ByteBuffer.allocate(Math.min(length, CHUNK_ELEMENTS) * size)
              .order(ByteOrder.nativeOrder());
      for (int done = 0; done < length; done += CHUNK_ELEMENTS) {
        int count = Math.min(CHUNK_ELEMENTS, length - done);
        buffer.clear();
        put(array, offset + done, count, buffer);
        buffer.position(0).limit(count * size);
        sink.accept(buffer, (long) done * size);
      }
    }

    private static void put(Object array, int offset, int count, ByteBuffer buffer) {
      if (array instanceof double[] values) {
        buffer.asDoubleBuffer().put(values, offset, count);
      } else if (array instanceof float[] values) {
        buffer.asFloatBuffer().put(values, offset, count);
      } else if (array instanceof long[] values) {
        buffer.asLongBuffer().put(values, offset, count);
      } else if (array instanceof int[] values) {
        buffer.asIntBuffer().put(values, offset, count);
      } else {
        buffer.asShortBuffer().put((short[]) array, offset, count);
      }
    }
  }

  /**
   * How one dataset takes part in dimension scales, as attributes: {@code DIMENSION_LIST} of what
   * has scales, {@code CLASS}, {@code NAME} and {@code REFERENCE_LIST} of a scale (HDF5 Dimension
   * Scale Specification). Addresses that are not known yet are 0.
   */
  static final class ScaleLinks {
    /**
     * How netCDF-4 names a scale that stands for an axis alone; its length follows in ten places.
     */
    static final String AXIS_ONLY = "This is a netCDF dimension but not a netCDF variable";

    private static final String LIST = "DIMENSION_LIST";
    private static final String USES = "REFERENCE_LIST";

    static final Set<String> REFERENCES = Set.of(LIST, USES);

    private static final String CLASS = "DIMENSION_SCALE";

    /** References to objects, 8 bytes. */
    private static final byte[] REFERENCE = {0x17, 0, 0, 0, 8, 0, 0, 0};

    /** Sequences of references: length, address of the heap, number in it. */
    private static final byte[] SEQUENCE =
        HeaderMessage.little(16)
            .put(new byte[] {0x19, 0, 0, 0, 16, 0, 0, 0})
            .put(REFERENCE)
            .array();

    /** A pair of a dataset and the number of its axis, 16 bytes as a C compiler lays it out. */
    private static final byte[] USE = use();

    private static final int USE_BYTES = 16;

    /** One attribute holds less than 64 KiB; of more uses the first are listed. */
    private static final int MOST_USES = 4000;

    private final List<FlatDataset> scales = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private boolean scale;
    private ByteBuffer entries = HeaderMessage.little(0);

    record Use(FlatDataset dataset, int axis) {}

    private static byte[] use() {
      byte[] unsigned = {0x10, 0, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0}; // 32 bits, little-endian
      return HeaderMessage.little(8 + 9 + REFERENCE.length + 11 + unsigned.length)
          .put(new byte[] {0x36, 2, 0, 0, USE_BYTES, 0, 0, 0})
          .put("dataset\0".getBytes(StandardCharsets.US_ASCII))
          .put((byte) 0)
          .put(REFERENCE)
          .put("dimension\0".getBytes(StandardCharsets.US_ASCII))
          .put((byte) 8)
          .put(unsigned)
          .array();
    }

    /** Makes a dataset the scale of axes. */
    void becomeScale() {
      scale = true;
    }

    boolean isScale() {
      return scale;
    }

    /** Attaches the next axis of {@code owner} to a scale. */
    void attach(FlatDataset owner, FlatDataset to) {
      to.links().uses.add(new Use(owner, scales.size()));
      scales.add(to);
    }

    /** The scales of the axes, in their order; empty if there are none. */
    List<FlatDataset> scales() {
      return scales;
    }

    /** Where the references to the scales are: 16 bytes for each axis. */
    void setEntries(ByteBuffer stored) {
      entries = stored;
    }

    /** The attributes of the dataset that these are the links of. */
    List<HeaderMessage> messages(FlatDataset owner) {
      List<HeaderMessage> messages = new ArrayList<>();
      if (!scales.isEmpty()) {
        byte[] data = new byte[GlobalHeap.ENTRY_BYTES * scales.size()];
        entries.duplicate().get(0, data, 0, entries.limit());
        messages.add(HeaderMessage.attribute(LIST, SEQUENCE, list(scales.size()), data));
      }
      if (scale) {
        messages.add(text("CLASS", CLASS));
        String name =
            owner.isBareScale()
                ? String.format("%s.%10d", AXIS_ONLY, owner.lengths()[0])
                : owner.getName();
        messages.add(text("NAME", name));
        if (!uses.isEmpty()) {
          messages.add(referenceList());
        }
      }
      return messages;
    }

    private HeaderMessage referenceList() {
      int count = Math.min(uses.size(), MOST_USES);
      ByteBuffer data = HeaderMessage.little(USE_BYTES * count);
      for (Use use : uses.subList(0, count)) {
        data.putLong(use.dataset().headerAddress()).putInt(use.axis()).putInt(0);
      }
      return HeaderMessage.attribute(USES, USE, list(count), data.array());
    }

    /** A dataspace of one axis, version 2. */
    private static byte[] list(long length) {
      return HeaderMessage.little(12).put(new byte[] {2, 1, 0, 1}).putLong(length).array();
    }

    /** A scalar text with its end, as the dimension scale specification wants it. */
    private static HeaderMessage text(String name, String value) {
      byte[] data = (value + "\0").getBytes(StandardCharsets.UTF_8);
      byte[] type =
          HeaderMessage.little(8).put(new byte[] {0x13, 0, 0, 0}).putInt(data.length).array();
      return HeaderMessage.attribute(name, type, new byte[] {2, 0, 0, 0}, data);
    }
  }
}
