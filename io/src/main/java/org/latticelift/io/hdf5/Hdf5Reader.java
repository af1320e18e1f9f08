package org.latticelift.io.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType.Numbers;
import org.latticelift.io.hdf5.FlatDataset.ScaleLinks;

/**
 * Reads HDF5 files of this product and of h5py (old and new superblocks). Contiguous data is read
 * by position; nothing but what is asked for is brought into memory. Safe for several threads.
 *
 * <p>Errors: a missing file has exit code 66; a file that is no HDF5 file, is truncated or damaged,
 * and a dataset that is missing or has another type or shape, have exit code 65.
 */
public final class Hdf5Reader implements AutoCloseable {
  private final Path file;
  private final Hdf5Content content;

  private Hdf5Reader(Hdf5Content content) {
    this.file = content.file();
    this.content = content;
  }

  /** Decodes a buffer of {@code count} elements. */
  private interface Decoder<T> {
    T decode(ByteBuffer buffer, ElementType type, int count);
  }

  /** Opens a file ({@code file}: an HDF5 file); the reader. */
  public static Hdf5Reader open(Path file) {
    return new Hdf5Reader(Hdf5Content.open(file));
  }

  /** The file that is read, as given to {@link #open}. */
  public Path file() {
    return file;
  }

  /** Whether a group or dataset exists ({@code path}: absolute path); true if it is there. */
  public boolean exists(String path) {
    return content.guarded(path, () -> content.find(path).isPresent());
  }

  /**
   * Whether a path names a group ({@code path}: absolute path); false for datasets and missing
   * paths.
   */
  public boolean isGroup(String path) {
    return content.guarded(
        path, () -> content.find(path).filter(Group.class::isInstance).isPresent());
  }

  /**
   * Names below a group, without the dimension scales that only name an axis ({@code group}:
   * absolute path, {@code /} for the file); sorted names.
   */
  public List<String> children(String group) {
    return content.guarded(
        group,
        () -> {
          if (content.node(group) instanceof Group g) {
            return g.getChildren().values().stream()
                .filter(child -> !isBareScale(child))
                .map(child -> name(group, child))
                .sorted()
                .toList();
          }
          throw Hdf5Errors.badDataset(file, group, "not a group", "a group");
        });
  }

  /** One that leads back to the group, or elsewhere, would have no end for who walks the file. */
  private String name(String group, Node child) {
    String name = child.getName();
    if (name.isEmpty() || name.equals(".") || name.contains("/")) {
      throw Hdf5Errors.badDataset(
          file, group, "something in the group has the name '" + name + "'", "names without '/'");
    }
    return name;
  }

  private static boolean isBareScale(Node node) {
    Attribute name = node instanceof Dataset dataset ? dataset.getAttribute("NAME") : null;
    return name != null
        && name.getData() instanceof String text
        && text.startsWith(ScaleLinks.AXIS_ONLY);
  }

  /**
   * Shape of a dataset that the file has room for, so that memory may be allocated for it ({@code
   * path}: absolute path); one number per dimension; empty for a scalar.
   */
  public long[] dims(String path) {
    content.requireStored(path);
    return handle(path).dims();
  }

  /**
   * Shape of a dataset as the file says, be it that nothing is stored ({@code path}: absolute
   * path); one number per dimension; empty for a scalar.
   */
  public long[] announcedDims(String path) {
    return handle(path).dims();
  }

  /** Element type of a dataset ({@code path}: absolute path); the stored type. */
  public ElementType type(String path) {
    return handle(path).type();
  }

  /**
   * Checks the shape of a dataset ({@code path}: absolute path; {@code expected}: one number per
   * dimension, -1 where any length will do).
   */
  public long[] requireDims(String path, long... expected) {
    long[] dims = dims(path);
    boolean fits = dims.length == expected.length;
    for (int i = 0; fits && i < dims.length; i++) {
      fits = expected[i] < 0 || expected[i] == dims[i];
    }
    if (!fits) {
      String wanted = Arrays.toString(expected).replace("-1", "any");
      throw Hdf5Errors.badDataset(
          file, path, "wrong shape " + Arrays.toString(dims), "shape " + wanted);
    }
    return dims;
  }

  /**
   * All bytes of an 8-bit dataset ({@code path}: int8, uint8 or h5py bool); the stored bytes,
   * row-major.
   */
  public byte[] bytes(String path) {
    return bytes(path, 0, all(path));
  }

  /**
   * Some bytes of an 8-bit dataset.
   *
   * @param path int8, uint8 or h5py bool
   * @param first first element, row-major
   * @param count number of elements
   * @return the stored bytes
   */
  public byte[] bytes(String path, long first, int count) {
    require(path, type(path).bytes() == 1, "int8 or uint8");
    return read(path, first, count, (buffer, type, n) -> Numbers.bytes(buffer));
  }

  /**
   * All elements of a numeric dataset as the bytes they have in the file; whole elements,
   * row-major.
   */
  public byte[] stored(String path) {
    return stored(path, 0, all(path));
  }

  /**
   * Some elements of a numeric dataset as the bytes they have in the file ({@code first}: first
   * element, row-major; {@code count}: number of elements); whole elements; little-endian where
   * this product wrote them.
   */
  public byte[] stored(String path, long first, int count) {
    require(path, type(path).isNumeric(), "a numeric type");
    return read(path, first, count, (buffer, type, n) -> Numbers.bytes(buffer));
  }

  /** All elements of an integer dataset whose values fit; the values, row-major. */
  public int[] ints(String path) {
    return ints(path, 0, all(path));
  }

  /**
   * Some elements of an integer dataset whose values fit ({@code first}: first element, row-major;
   * {@code count}: number of elements).
   */
  public int[] ints(String path, long first, int count) {
    require(path, type(path).isInteger(), "an integer type");
    return read(path, first, count, Numbers::ints);
  }

  /** All elements of an integer dataset; the values, row-major. */
  public long[] longs(String path) {
    return longs(path, 0, all(path));
  }

  /**
   * Some elements of an integer dataset ({@code first}: first element, row-major; {@code count}:
   * number of elements); the values.
   */
  public long[] longs(String path, long first, int count) {
    require(path, type(path).isInteger(), "an integer type");
    return read(path, first, count, Numbers::longs);
  }

  /**
   * All elements as 32-bit floats; 64-bit floats are refused ({@code path}: a float32 dataset, or
   * integers that floats hold exactly); the values, row-major.
   */
  public float[] floats(String path) {
    return floats(path, 0, all(path));
  }

  /**
   * Some elements as 32-bit floats; 64-bit floats are refused.
   *
   * @param path a float32 dataset, or integers that floats hold exactly
   * @param first first element, row-major
   * @param count number of elements
   * @return the values
   */
  public float[] floats(String path, long first, int count) {
    ElementType type = type(path);
    require(path, type == ElementType.FLOAT32 || type.isInteger(), "float32 or an integer type");
    return read(path, first, count, Numbers::floats);
  }

  /** All elements as 64-bit floats ({@code path}: a numeric dataset); the values, row-major. */
  public double[] doubles(String path) {
    return doubles(path, 0, all(path));
  }

  /**
   * Some elements as 64-bit floats.
   *
   * @param path a numeric dataset
   * @param first first element, row-major
   * @param count number of elements
   * @return the values
   */
  public double[] doubles(String path, long first, int count) {
    require(path, type(path).isNumeric(), "a numeric type");
    return read(path, first, count, Numbers::doubles);
  }

  /** A scalar text ({@code path}: a text dataset with one element). */
  public String text(String path) {
    String[] values = texts(path);
    require(path, values.length == 1, "one text");
    return values[0];
  }

  /** All texts of a text dataset; the texts, row-major. */
  public String[] texts(String path) {
    require(path, type(path) == ElementType.TEXT, "text");
    content.requireStored(path);
    return content.guarded(path, () -> Attributes.texts(handle(path).dataset().getData()));
  }

  /**
   * Names of the attributes of a group or dataset, without references to places in the file ({@code
   * path}: absolute path); sorted names.
   */
  public List<String> attributes(String path) {
    return content.guarded(
        path,
        () ->
            content.node(path).getAttributes().keySet().stream()
                .filter(name -> !ScaleLinks.REFERENCES.contains(name))
                .sorted()
                .toList());
  }

  /**
   * An attribute as stored ({@code path}: group or dataset); String, String[], a boxed number or a
   * primitive array; empty if there is none.
   */
  public Optional<Object> findAttribute(String path, String name) {
    return content.guarded(
        path,
        () ->
            Optional.ofNullable(content.node(path).getAttribute(name))
                .map(attribute -> value(path, attribute)));
  }

  private Object value(String path, Attribute attribute) {
    long bytes = Math.max(1, attribute.getDataType().getSize());
    for (long length : attribute.getDimensionsAsLong()) {
      bytes = Math.multiplyExact(bytes, length);
    }
    if (bytes < 0 || bytes > content.size()) {
      throw Hdf5Errors.badDataset(
          file, at(path, attribute.getName()), "an attribute larger than the file", "less");
    }
    return attribute.getData();
  }

  /**
   * An attribute as stored ({@code path}: group or dataset); String, String[], a boxed number or a
   * primitive array.
   */
  public Object attribute(String path, String name) {
    return findAttribute(path, name)
        .orElseThrow(
            () -> Hdf5Errors.badDataset(file, path, "attribute " + name + " is missing", name));
  }

  /** A text attribute ({@code path}: group or dataset). */
  public String textAttribute(String path, String name) {
    return content.guarded(path, () -> Attributes.text(attribute(path, name), at(path, name)));
  }

  /**
   * A text-list attribute; a single text is a list of one ({@code path}: group or dataset); the
   * texts.
   */
  public List<String> textListAttribute(String path, String name) {
    return content.guarded(path, () -> List.of(Attributes.texts(attribute(path, name))));
  }

  /** A whole-number attribute ({@code path}: group or dataset). */
  public long longAttribute(String path, String name) {
    return content.guarded(path, () -> Attributes.integer(attribute(path, name), at(path, name)));
  }

  /** A number attribute ({@code path}: group or dataset). */
  public double doubleAttribute(String path, String name) {
    return content.guarded(path, () -> Attributes.number(attribute(path, name), at(path, name)));
  }

  /** Closes the file. */
  @Override
  public void close() {
    content.close();
  }

  DatasetHandle handle(String path) {
    return content.handle(path);
  }

  private String at(String path, String name) {
    return file + " " + path + "@" + name;
  }

  private int all(String path) {
    content.requireStored(path);
    long elements = handle(path).elements();
    long bytes = Math.multiplyExact(elements, Math.max(1, handle(path).type().bytes()));
    require(path, bytes < Integer.MAX_VALUE - 16, "at most 2 GiB at once");
    return (int) elements;
  }

  private void require(String path, boolean holds, String allowed) {
    if (!holds) {
      DatasetHandle handle = handle(path);
      String found = handle.type().label() + " " + Arrays.toString(handle.dims());
      throw Hdf5Errors.badDataset(file, path, "the dataset is " + found, allowed);
    }
  }

  private <T> T read(String path, long first, int count, Decoder<T> decoder) {
    DatasetHandle handle = handle(path);
    handle.checkRange(first, count);
    return content.guarded(
        path,
        () -> {
          try {
            return decoder.decode(content.read(handle, first, count), handle.type(), count);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          } catch (Numbers.Unrepresentable e) {
            throw Hdf5Errors.badDataset(
                file, path, "the value " + e.getMessage() + " is out of range", "smaller numbers");
          }
        });
  }

  /** Converts attribute values as jHDF returns them. */
  static final class Attributes {
    private Attributes() {}

    static String text(Object value, String where) {
      Object single = single(value);
      if (single instanceof String text) {
        return text;
      }
      throw wrong(value, where, "text");
    }

    static String[] texts(Object value) {
      if (value instanceof String text) {
        return new String[] {text};
      }
      if (value instanceof String[] texts) {
        return texts.clone();
      }
      throw new IllegalArgumentException("not text: " + value);
    }

    static long integer(Object value, String where) {
      Object single = single(value);
      if (single instanceof Long
          || single instanceof Integer
          || single instanceof Short
          || single instanceof Byte) {
        return ((Number) single).longValue();
      }
      if (single instanceof Number number && number.doubleValue() == (long) number.doubleValue()) {
        return number.longValue();
      }
      throw wrong(value, where, "a whole number");
    }

    static double number(Object value, String where) {
      if (single(value) instanceof Number number) {
        return number.doubleValue();
      }
      throw wrong(value, where, "a number");
    }

    private static Object single(Object value) {
      return value.getClass().isArray() && Array.getLength(value) == 1
          ? Array.get(value, 0)
          : value;
    }

    private static LatticeLiftException wrong(Object value, String where, String allowed) {
      return LatticeLiftException.badData(
          "the attribute is " + value.getClass().getSimpleName(),
          where,
          allowed,
          "Make the file again");
    }
  }
}
