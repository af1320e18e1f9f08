package org.latticelift.io.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How one dataset takes part in dimension scales, as attributes: {@code DIMENSION_LIST} of what has
 * scales, {@code CLASS}, {@code NAME} and {@code REFERENCE_LIST} of a scale (HDF5 Dimension Scale
 * Specification). Addresses that are not known yet are 0.
 */
final class ScaleLinks {
  /** How netCDF-4 names a scale that stands for an axis alone; its length follows in ten places. */
  static final String AXIS_ONLY = "This is a netCDF dimension but not a netCDF variable";

  private static final String LIST = "DIMENSION_LIST";
  private static final String USES = "REFERENCE_LIST";

  /** Attributes that hold addresses. */
  static final Set<String> REFERENCES = Set.of(LIST, USES);

  private static final String CLASS = "DIMENSION_SCALE";

  /** References to objects, 8 bytes. */
  private static final byte[] REFERENCE = {0x17, 0, 0, 0, 8, 0, 0, 0};

  /** Sequences of references: length, address of the heap, number in it. */
  private static final byte[] SEQUENCE =
      HeaderMessage.little(16).put(new byte[] {0x19, 0, 0, 0, 16, 0, 0, 0}).put(REFERENCE).array();

  /** A pair of a dataset and the number of its axis, 16 bytes as a C compiler lays it out. */
  private static final byte[] USE = use();

  private static final int USE_BYTES = 16;

  /** One attribute holds less than 64 KiB; of more uses the first are listed. */
  private static final int MOST_USES = 4000;

  private final List<FlatDataset> scales = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private boolean scale;
  private ByteBuffer entries = HeaderMessage.little(0);

  /** An axis of a dataset. */
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
