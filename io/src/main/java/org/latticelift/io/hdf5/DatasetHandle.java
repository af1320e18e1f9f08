package org.latticelift.io.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.PipelineFilterWithData;
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
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

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

  /**
   * Whether a file can hold what a dataset announces. Sizes in a file are numbers that anybody can
   * write, so nothing is allocated for them before they have been compared with the file's size.
   */
  static final class StoredData {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int LZF = 32_000;
    private static final List<Integer> KNOWN = List.of(DEFLATE, SHUFFLE, FLETCHER32, LZF);

    /** The format of deflate allows no more. */
    private static final long MOST_DEFLATED = 1032;

    /** Beyond {@link #SMALL} bytes; a crystal of three species has 5 to 50. */
    private static final long USUALLY_DEFLATED = 200;

    private static final long SMALL = 64L << 20;

    /** What checksums and headers may add to a chunk. */
    private static final long SLACK = 4096;

    private final Path file;
    private final String path;
    private final Dataset dataset;
    private final long fileSize;

    StoredData(Path file, String path, Dataset dataset, long fileSize) {
      this.file = file;
      this.path = path;
      this.dataset = dataset;
      this.fileSize = fileSize;
    }

    void require(long elements) {
      if (elements == 0) {
        return;
      }
      if (dataset.isEmpty()) {
        throw Hdf5Errors.badDataset(file, path, "the dataset was never written", "stored data");
      }
      long bytes = Math.multiplyExact(elements, Math.max(1L, dataset.getDataType().getSize()));
      if (dataset instanceof ContiguousDataset block) {
        long start = block.getDataAddress() + dataset.getHdfFile().getUserBlockSize();
        if (start < 0 || bytes > fileSize - start) {
          throw Hdf5Errors.badDataset(
              file, path, "the file ends inside the dataset", "a whole file");
        }
      } else if (dataset instanceof ChunkedDataset chunks) {
        requireChunks(chunks, bytes);
      } else {
        requireAtMost(bytes, fileSize);
      }
    }

    private void requireAtMost(long bytes, long most) {
      if (bytes > most) {
        throw Hdf5Errors.badDataset(
            file,
            path,
            "a dataset of " + bytes + " bytes in a file of " + fileSize,
            "at most " + most + " bytes");
      }
    }

    private void requireChunks(ChunkedDataset chunks, long bytes) {
      int[] filters = filters(chunks);
      boolean deflated = filters.length > 0;
      requireAtMost(bytes, Math.max(factor(deflated, MOST_DEFLATED), fileSize));
      if (bytes > SMALL) {
        requireAtMost(bytes, factor(deflated, USUALLY_DEFLATED));
      }
      long chunk = dataset.getDataType().getSize();
      for (int length : chunks.getChunkDimensions()) {
        chunk = Math.multiplyExact(chunk, (long) length);
      }
      for (PipelineFilterWithData filter : chunks.getFilters()) {
        // what the filter for LZF takes as the size of a chunk
        if (filter.getId() == LZF
            && Arrays.stream(filter.getFilterData()).max().orElse(0) > chunk) {
          throw grows(chunk);
        }
      }
      boolean inflates = Arrays.stream(filters).anyMatch(filter -> filter == DEFLATE);
      forEachChunk(chunks, chunk, inflates);
    }

    private long factor(boolean filtered, long times) {
      return filtered ? Math.multiplyExact(times, fileSize) : fileSize;
    }

    /**
     * The filters that make data smaller, of which there may be one, the last before a checksum.
     */
    private int[] filters(ChunkedDataset chunks) {
      List<Integer> all = chunks.getFilters().stream().map(PipelineFilterWithData::getId).toList();
      List<Integer> order = all.stream().filter(id -> id != FLETCHER32).toList();
      int[] smaller =
          all.stream().filter(id -> id != FLETCHER32 && id != SHUFFLE).mapToInt(i -> i).toArray();
      boolean last = smaller.length == 0 || order.get(order.size() - 1) == smaller[0];
      if (!KNOWN.containsAll(all) || smaller.length > 1 || !last) {
        throw Hdf5Errors.badData(
            file,
            path,
            "the dataset has the filters " + chunks.getFilters(),
            "shuffle, fletcher32, and one of gzip and lzf",
            "Write it anew without them, for example with h5repack -f GZIP=1");
      }
      return smaller;
    }

    private void forEachChunk(ChunkedDataset chunks, long size, boolean inflates) {
      long[] dims = dataset.getDimensionsAsLong();
      int[] step = chunks.getChunkDimensions();
      long count = 1;
      for (int axis = 0; axis < dims.length; axis++) {
        count = Math.multiplyExact(count, (dims[axis] + step[axis] - 1) / step[axis]);
      }
      requireAtMost(count, fileSize);
      int[] at = new int[dims.length];
      for (long i = 0; i < count; i++) {
        ByteBuffer raw = stored(chunks, at);
        if (inflates) {
          inflate(raw, size);
        }
        for (int axis = at.length - 1; axis >= 0; axis--) {
          at[axis] += step[axis];
          if (at[axis] < dims[axis]) {
            break;
          }
          at[axis] = 0;
        }
      }
    }

    private ByteBuffer stored(ChunkedDataset chunks, int[] at) {
      try {
        return chunks.getRawChunkBuffer(at);
      } catch (HdfException e) {
        throw Hdf5Errors.badDataset(
            file,
            path,
            "the chunk at " + Arrays.toString(at) + " was never written",
            "a dataset that is whole");
      }
    }

    /** Counts what comes out without keeping it. */
    private void inflate(ByteBuffer raw, long size) {
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(raw);
        byte[] sink = new byte[1 << 14];
        long total = 0;
        while (!inflater.finished()) {
          int got = inflater.inflate(sink);
          total += got;
          if (total > size + SLACK) {
            throw grows(size);
          }
          if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
            throw Hdf5Errors.badDataset(file, path, "a chunk ends too early", "whole chunks");
          }
        }
      } catch (DataFormatException e) {
        throw Hdf5Errors.unreadable(file, "a chunk of " + path + " is damaged", e);
      } finally {
        inflater.end();
      }
    }

    private RuntimeException grows(long size) {
      return Hdf5Errors.badDataset(
          file, path, "a chunk grows beyond its size", "chunks of " + size + " bytes");
    }
  }
}
