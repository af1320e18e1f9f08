package org.latticelift.bench.speed;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.config.Binder.Part;

/** Measured numbers as JSON: those of a {@link Part} stand in the object around it. */
public final class Numbers implements TypeAdapterFactory {
  /** Writes and reads; numbers that are none, too. */
  public static final Gson JSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .serializeSpecialFloatingPointValues()
          .registerTypeAdapterFactory(new Numbers())
          .create();

  private Numbers() {}

  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (!type.getRawType().isRecord()) {
      return null;
    }
    List<String> parts =
        Arrays.stream(type.getRawType().getRecordComponents())
            .filter(component -> component.isAnnotationPresent(Part.class))
            .map(RecordComponent::getName)
            .toList();
    if (parts.isEmpty()) {
      return null;
    }
    TypeAdapter<T> nested = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.beginObject();
        members(gson, out, value);
        out.endObject();
      }

      @Override
      public T read(JsonReader in) {
        JsonObject all = gson.fromJson(in, JsonObject.class);
        JsonObject tree = all.deepCopy();
        parts.forEach(name -> tree.add(name, all));
        return nested.fromJsonTree(tree);
      }
    };
  }

  private static void members(Gson gson, JsonWriter out, Object record) throws IOException {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " cannot be read", e);
      }
      if (component.isAnnotationPresent(Part.class)) {
        members(gson, out, value);
      } else {
        out.name(component.getName());
        gson.toJson(value, component.getGenericType(), out);
      }
    }
  }
}
