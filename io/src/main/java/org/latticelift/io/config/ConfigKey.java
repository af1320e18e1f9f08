package org.latticelift.io.config;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Resolver.Fields;

/**
 * A key of a configuration, named by the accessor of the component that reads it, such as {@code
 * TrainConfig::batch}: a key that no record reads, or a value of another type, does not compile.
 *
 * @param path keys joined by dots, such as {@code train.batch}
 * @param <T> type of the component
 */
public record ConfigKey<T>(String path) {
  /**
   * The accessor of a component of a record.
   *
   * @param <R> the record that reads the key
   * @param <T> type of the component
   */
  @FunctionalInterface
  public interface Component<R extends Record, T> extends Serializable {
    /** The value of the component. */
    T of(R read);
  }

  /** The key within the section that the record of the component reads. */
  public static <R extends Record, T> ConfigKey<T> of(Component<R, T> component) {
    return new ConfigKey<>(Fields.field(named(component)).key());
  }

  /**
   * The key within a configuration ({@code readers}: records by the path of the section that they
   * read, which is empty for the whole); an error where the record of the component reads none of
   * it, or more than one section.
   */
  public static <R extends Record, T> ConfigKey<T> of(
      Component<R, T> component, Map<String, List<Class<? extends Record>>> readers) {
    RecordComponent named = named(component);
    String section = section(named.getDeclaringRecord(), readers);
    return new ConfigKey<>(ConfigNode.join(section, Fields.field(named).key()));
  }

  /** The path of the section that a record reads ({@code readers}: as above). */
  public static String section(
      Class<?> reader, Map<String, List<Class<? extends Record>>> readers) {
    List<String> found = new ArrayList<>();
    readers.forEach((path, types) -> types.forEach(type -> collect(type, path, reader, found)));
    if (found.size() != 1) {
      throw new IllegalArgumentException(reader + " reads the sections " + found);
    }
    return found.get(0);
  }

  private static void collect(Class<?> type, String path, Class<?> reader, List<String> found) {
    if (type == reader) {
      found.add(path);
    }
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> inner = component.getType();
      if (inner.isRecord() && inner != type && Binder.factory(inner).isEmpty()) {
        String key = Fields.field(component).key();
        collect(inner, Fields.isPart(component) ? path : ConfigNode.join(path, key), reader, found);
      }
    }
  }

  /** Java says of a lambda that can be written to a file which method it stands for. */
  private static RecordComponent named(Component<?, ?> accessor) {
    try {
      Method written = accessor.getClass().getDeclaredMethod("writeReplace");
      written.setAccessible(true);
      SerializedLambda lambda = (SerializedLambda) written.invoke(accessor);
      Class<?> type =
          Class.forName(
              lambda.getImplClass().replace('/', '.'), false, accessor.getClass().getClassLoader());
      return Arrays.stream(type.isRecord() ? type.getRecordComponents() : new RecordComponent[0])
          .filter(component -> component.getName().equals(lambda.getImplMethodName()))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no accessor of a record: " + lambda));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
