package org.latticelift.io.output;

import static java.util.Objects.requireNonNull;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * A record as datasets of a group, and as columns of a table: every component with {@link Stored}
 * is one, those of records inside it too, in their order. Numbers are float64, whatever they are in
 * Java, truth is 1 or 0; arrays of numbers, or of rows of them, keep their type, bytes are
 * unsigned. Components without {@link Stored} that are no records are not in the file: who reads
 * gives them.
 *
 * <p>One place says what a number is called, its units and meaning; files, CSV and the way back
 * follow from it.
 *
 * @param <R> the record
 */
public final class RecordLayout<R extends Record> {
  /**
   * What a component of a record is in files, for {@link RecordLayout}. On a component that is a
   * record itself it says what its parts are of: a part without braces in its name has the name of
   * what it is of in front, {@code {}} stands for that name, or in the long name for that text.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Stored {
    /** The long name. */
    String value() default "";

    /** Name of the dataset and of the column; by default that of the component in snake case. */
    String name() default "";

    /** Units; a word in braces, such as <code>{time}</code>, is resolved by whoever writes. */
    String units() default "";

    /** Names of the dimensions; none for a number. */
    String[] axes() default {};

    /** Its header in a table that people read; none where it is in files only. */
    String title() default "";

    /** How such a table writes it. */
    String format() default "%.4f";

    /** Whether such a table leaves out a record that has headers elsewhere. */
    boolean hidden() default false;

    /** Whether earlier versions did not write it; read as NaN, or an empty array, from them. */
    boolean optional() default false;
  }

  private final Class<R> type;
  private final List<Field> fields = new ArrayList<>();

  private RecordLayout(Class<R> type) {
    this.type = type;
    collect(type, Around.NOTHING, List.of());
    if (fields.stream().map(Field::name).distinct().count() < fields.size()) {
      throw new IllegalArgumentException(
          type + " has a name twice: " + fields.stream().map(Field::name).toList());
    }
  }

  /** The layout of a record. */
  public static <R extends Record> RecordLayout<R> of(Class<R> type) {
    return new RecordLayout<>(type);
  }

  /**
   * What is stored, in the order of files.
   *
   * @param name of the dataset and of the column
   * @param units physical units, perhaps with a word in braces
   * @param longName meaning
   * @param axes of an array; none of a number
   * @param optional whether earlier versions did not have it
   * @param path from the record to the component
   */
  private record Field(
      String name,
      String units,
      String longName,
      List<String> axes,
      boolean optional,
      String title,
      String format,
      List<Method> path) {
    Class<?> type() {
      return path.get(path.size() - 1).getReturnType();
    }

    Object value(Record record) {
      Object value = record;
      for (Method step : path) {
        value = invoke(step, value);
      }
      return value;
    }

    boolean isLeftOut(Record record) {
      return optional && Array.getLength(value(record)) == 0;
    }

    double number(Record record) {
      Object value = value(record);
      return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
    }

    DatasetInfo info(Map<String, String> units, String... axes) {
      DatasetInfo info = DatasetInfo.of(resolved(units), resolved(longName, units), axes);
      return type() == byte[].class ? info.asUnsigned() : info;
    }

    String resolved(Map<String, String> all) {
      return resolved(units, all);
    }

    private static String resolved(String text, Map<String, String> all) {
      String resolved = text;
      for (Map.Entry<String, String> each : all.entrySet()) {
        resolved = resolved.replace("{" + each.getKey() + "}", each.getValue());
      }
      return resolved;
    }
  }

  private record Around(String name, String text, String units, boolean optional, boolean hidden) {
    static final Around NOTHING = new Around("", "", "1", false, false);

    Around of(RecordComponent component) {
      Stored stored = component.getAnnotation(Stored.class);
      if (stored == null) {
        return this;
      }
      String inner = stored.name().isEmpty() ? name : named(stored.name());
      return new Around(
          inner,
          texted(stored),
          united(stored),
          optional || stored.optional(),
          hidden || stored.hidden());
    }

    Field field(RecordComponent component, Stored stored, List<Method> path) {
      String own = stored.name().isEmpty() ? snakeCase(component.getName()) : stored.name();
      return new Field(
          named(own),
          united(stored),
          texted(stored),
          List.of(stored.axes()),
          optional || stored.optional(),
          hidden ? "" : stored.title(),
          stored.format(),
          path);
    }

    private String named(String own) {
      return own.contains("{}") || name.isEmpty() ? own.replace("{}", name) : name + "_" + own;
    }

    private String texted(Stored stored) {
      return stored.value().replace("{}", text).replace("{name}", name);
    }

    private String united(Stored stored) {
      return stored.units().isEmpty() ? units : stored.units();
    }
  }

  private void collect(Class<?> record, Around around, List<Method> path) {
    for (RecordComponent component : record.getRecordComponents()) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      List<Method> here = new ArrayList<>(path);
      here.add(accessor);
      Stored stored = component.getAnnotation(Stored.class);
      if (component.getType().isRecord()) {
        collect(component.getType(), around.of(component), here);
      } else if (stored != null) {
        fields.add(around.field(component, stored, here));
      }
    }
  }

  /**
   * Writes a dataset for each component.
   *
   * @param group path of the group
   * @param units what words in braces stand for
   * @param sizes of axes, where no array with fewer axes tells them
   */
  public void write(
      Hdf5Writer writer,
      String group,
      R record,
      Map<String, String> units,
      Map<String, Long> sizes) {
    Map<String, Long> lengths = lengths(record, sizes);
    for (Field field : fields) {
      String path = group + "/" + field.name();
      if (field.axes().isEmpty()) {
        double[] value = {field.number(record)};
        writer.dataset(path, value, new long[0], field.info(units));
      } else if (!field.isLeftOut(record)) {
        long[] dims =
            field.axes().stream().mapToLong(a -> requireNonNull(lengths.get(a), a)).toArray();
        DatasetInfo info = field.info(units, field.axes().toArray(String[]::new));
        writer.dataset(path, ArrayRows.flat(field.value(record)), dims, info);
      }
    }
  }

  /** Of all axes: what arrays with few axes tell holds for those with more. */
  private Map<String, Long> lengths(R record, Map<String, Long> known) {
    Map<String, Long> lengths = new HashMap<>(known);
    List<Field> arrays = new ArrayList<>(fields);
    arrays.removeIf(field -> field.axes().isEmpty() || field.isLeftOut(record));
    arrays.sort(Comparator.comparing(field -> field.axes().size()));
    for (Field field : arrays) {
      Object value = field.value(record);
      if (value instanceof Object[] rows) {
        lengths.putIfAbsent(field.axes().get(0), (long) rows.length);
      }
      List<String> unknown = new ArrayList<>(field.axes());
      unknown.removeIf(lengths::containsKey);
      if (unknown.size() == 1) {
        long others =
            field.axes().stream()
                .mapToLong(a -> lengths.getOrDefault(a, 1L))
                .reduce(1, (a, b) -> a * b);
        lengths.put(unknown.get(0), Array.getLength(ArrayRows.flat(value)) / Math.max(1, others));
      }
    }
    return lengths;
  }

  /**
   * Writes a dataset [rows] for each component of some records, which hold numbers only.
   *
   * @param group path of the group
   * @param axis what a row is
   * @param units what words in braces stand for
   */
  public void writeColumns(
      Hdf5Writer writer, String group, List<R> rows, String axis, Map<String, String> units) {
    for (Field field : fields) {
      double[] values = rows.stream().mapToDouble(field::number).toArray();
      writer.dataset(
          group + "/" + field.name(), values, new long[] {values.length}, field.info(units, axis));
    }
  }

  /**
   * Reads what {@link #write} has written ({@code group}: path of the group; {@code given}:
   * components that are not in the file, by name; {@code sizes}: of axes, where they are known); an
   * axis has the same length in all arrays.
   */
  public R read(
      Hdf5Reader reader, String group, Map<String, Object> given, Map<String, Long> sizes) {
    Map<String, Object> values = new HashMap<>();
    Map<String, Long> lengths = new HashMap<>(sizes);
    for (Field field : fields) {
      String path = group + "/" + field.name();
      if (field.axes().isEmpty()) {
        values.put(field.name(), column(reader, path, field)[0]);
      } else if (!field.optional() || reader.exists(path)) {
        List<String> axes = field.axes();
        long[] expected = axes.stream().mapToLong(a -> lengths.getOrDefault(a, -1L)).toArray();
        long[] dims = reader.requireDims(path, expected);
        for (int i = 0; i < dims.length; i++) {
          lengths.put(axes.get(i), dims[i]);
        }
        values.put(field.name(), ArrayRows.read(reader, path, field.type(), (int) dims[0]));
      }
    }
    return type.cast(made(type, Around.NOTHING, values, given));
  }

  /**
   * Reads what {@link #writeColumns} has written ({@code group}: path of the group; {@code given}:
   * components of each record that are not in the file, by name).
   */
  public List<R> readColumns(Hdf5Reader reader, String group, List<Map<String, Object>> given) {
    Map<String, double[]> columns = new HashMap<>();
    for (Field field : fields) {
      String path = group + "/" + field.name();
      columns.put(field.name(), column(reader, path, field, given.size()));
    }
    List<R> rows = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Map<String, Object> values = new HashMap<>();
      for (Map.Entry<String, double[]> column : columns.entrySet()) {
        values.put(column.getKey(), column.getValue()[i]);
      }
      Around around = Around.NOTHING;
      rows.add(type.cast(made(type, around, values, given.get(i))));
    }
    return rows;
  }

  /** Arrays of numbers, and arrays of rows of numbers, which files hold row after row. */
  private static final class ArrayRows {
    private static final Map<Class<?>, BiFunction<Hdf5Reader, String, Object>> READERS =
        Map.of(
            byte.class, Hdf5Reader::bytes,
            int.class, Hdf5Reader::ints,
            long.class, Hdf5Reader::longs,
            float.class, Hdf5Reader::floats,
            double.class, Hdf5Reader::doubles);

    static Object flat(Object array) {
      if (!(array instanceof Object[] rows)) {
        return array;
      }
      Class<?> number = array.getClass().getComponentType().getComponentType();
      Object flat = Array.newInstance(number, Arrays.stream(rows).mapToInt(Array::getLength).sum());
      int at = 0;
      for (Object row : rows) {
        System.arraycopy(row, 0, flat, at, Array.getLength(row));
        at += Array.getLength(row);
      }
      return flat;
    }

    static Object read(Hdf5Reader reader, String path, Class<?> type, int count) {
      Class<?> row = type.getComponentType();
      if (!row.isArray()) {
        return READERS.get(row).apply(reader, path);
      }
      Object flat = READERS.get(row.getComponentType()).apply(reader, path);
      Object rows = Array.newInstance(row, count);
      int length = Array.getLength(flat) / Math.max(1, count);
      for (int i = 0; i < count; i++) {
        Object each = Array.newInstance(row.getComponentType(), length);
        System.arraycopy(flat, i * length, each, 0, length);
        Array.set(rows, i, each);
      }
      return rows;
    }
  }

  private static double[] column(Hdf5Reader reader, String path, Field field, long... dims) {
    if (field.optional() && !reader.exists(path)) {
      double[] unknown = new double[dims.length == 0 ? 1 : (int) dims[0]];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    reader.requireDims(path, dims);
    return reader.doubles(path);
  }

  private static Object made(
      Class<?> record, Around around, Map<String, Object> values, Map<String, Object> given) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Stored stored = components[i].getAnnotation(Stored.class);
      if (components[i].getType().isRecord()) {
        arguments[i] = made(components[i].getType(), around.of(components[i]), values, given);
      } else if (stored == null) {
        arguments[i] = given.get(components[i].getName());
      } else {
        Object value = values.get(around.field(components[i], stored, List.of()).name());
        Class<?> type = components[i].getType();
        arguments[i] =
            value == null ? Array.newInstance(type.getComponentType(), 0) : as(type, value);
      }
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof LatticeLiftException wrong
          ? wrong
          : new IllegalStateException(record + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " cannot be made", e);
    }
  }

  private static Object as(Class<?> type, Object value) {
    if (value instanceof Double number) {
      if (type == boolean.class) {
        return number == 1;
      }
      if (type == int.class) {
        return number.intValue();
      }
      return type == long.class ? (Object) number.longValue() : number;
    }
    return value;
  }

  /** Titles of the columns of a table ({@code units}: what words in braces stand for). */
  public List<String> titles(Map<String, String> units) {
    return fields.stream().map(f -> CsvCell.title(f.name(), f.resolved(units))).toList();
  }

  /** Cells of a row of a table, that read back exactly; empty where a number is not known. */
  public List<String> cells(R record) {
    return fields.stream().map(f -> CsvCell.compact(f.number(record))).toList();
  }

  /** Adds the numbers that have a header to a table ({@code of}: the record of a row). */
  public <T> ResultTable.Columns<T> show(ResultTable.Columns<T> table, Function<T, R> of) {
    for (Field field : fields) {
      if (!field.title().isEmpty()) {
        table.number(field.title(), field.format(), row -> field.number(of.apply(row)));
      }
    }
    return table;
  }

  private static Object invoke(Method accessor, Object record) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(accessor + " cannot be read", e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(accessor + " failed", e);
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }
}
