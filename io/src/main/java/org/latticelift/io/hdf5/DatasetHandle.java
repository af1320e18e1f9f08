package org.latticelift.io.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** Where and how the elements of one dataset are stored. */
final class DatasetHandle {
  private final Path file;
  private final String path;
  private final Dataset dataset;
  private final ElementType type;
  private final ByteOrder order;
  private final long[] dims;
  private final long elements;
  private boolean stored;

  DatasetHandle(Path file, String path, Dataset dataset) {
    this.file = file;
    this.path = path;
    this.dataset = dataset;
    DataType storage = storageType(dataset.getDataType());
    this.type = typeOf(storage);
    this.order = storage instanceof OrderedDataType o ? o.getByteOrder() : ByteOrder.nativeOrder();
    this.dims = dataset.getDimensionsAsLong();
    if (Arrays.stream(dims).anyMatch(length -> length < 0)) {
      throw Hdf5Errors.badDataset(file, path, "negative lengths of axes", "shapes of h5py");
    }
    this.elements = Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  private static DataType storageType(DataType type) {
    return type instanceof EnumDataType names ? names.getBaseType() : type;
  }

  private static ElementType typeOf(DataType type) {
    if (type instanceof FixedPoint fixed) {
      return fixed.isSigned() ? signed(fixed.getSize()) : unsigned(fixed.getSize());
    }
    if (type instanceof FloatingPoint) {
      return switch (type.getSize()) {
        case Float.BYTES -> ElementType.FLOAT32;
        case Double.BYTES -> ElementType.FLOAT64;
        default -> ElementType.OTHER;
      };
    }
    if (type instanceof StringData
        || type instanceof VariableLength v && v.isVariableLengthString()) {
      return ElementType.TEXT;
    }
    return ElementType.OTHER;
  }

  private static ElementType signed(int size) {
    return switch (size) {
      case 1 -> ElementType.INT8;
      case 2 -> ElementType.INT16;
      case 4 -> ElementType.INT32;
      case 8 -> ElementType.INT64;
      default -> ElementType.OTHER;
    };
  }

  private static ElementType unsigned(int size) {
    return switch (size) {
      case 1 -> ElementType.UINT8;
      case 2 -> ElementType.UINT16;
      case 4 -> ElementType.UINT32;
      default -> ElementType.OTHER;
    };
  }

  Dataset dataset() {
    return dataset;
  }

  ElementType type() {
    return type;
  }

  long[] dims() {
    return dims.clone();
  }

  long elements() {
    return elements;
  }

  boolean isContiguous() {
    return dataset instanceof ContiguousDataset;
  }

  /** Absolute position in the file. */
  long address() {
    return ((ContiguousDataset) dataset).getDataAddress() + dataset.getHdfFile().getUserBlockSize();
  }

  /** Refuses a run that is not inside; asking for one is a mistake of the caller, not the file. */
  void checkRange(long first, int count) {
    if (first < 0 || count < 0 || first > elements - count) {
      throw new IndexOutOfBoundsException(path + ": " + first + " + " + count + " > " + elements);
    }
  }

  /** Refuses a dataset that a file of so many bytes cannot hold; looks once. */
  synchronized void requireStored(long fileSize) {
    if (!stored) {
      new StoredData(file, path, dataset, fileSize).require(elements);
      stored = true;
    }
  }

  /** Reads a run of elements; the buffer has the storage's byte order. */
  ByteBuffer read(FileChannel channel, long first, int count) throws IOException {
    if (count == 0) {
      return ByteBuffer.allocate(0);
    }
    requireStored(channel.size());
    return isContiguous() ? positional(channel, first, count) : slice(first, count);
  }

  private ByteBuffer slice(long first, int count) {
    ByteBuffer all = ((DatasetBase) dataset).getDataBuffer();
    int size = type.bytes();
    return all.slice(Math.toIntExact(first * size), Math.multiplyExact(count, size)).order(order);
  }

  private ByteBuffer positional(FileChannel channel, long first, int count) throws IOException {
    long position = address() + first * type.bytes();
    int length = Math.multiplyExact(count, type.bytes());
    ByteBuffer buffer = ByteBuffer.allocate(length).order(order);
    while (buffer.hasRemaining()) {
      int got = channel.read(buffer, position + buffer.position());
      if (got < 0) {
        throw new IOException("unexpected end of file");
      }
    }
    return buffer.flip();
  }
}
