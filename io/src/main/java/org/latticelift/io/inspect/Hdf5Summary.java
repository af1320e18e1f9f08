package org.latticelift.io.inspect;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * The tree of an HDF5 file: shape, type, unit, name and range of each dataset. Groups that look
 * like one shown before them are only counted, so that the result fits on one screen.
 */
final class Hdf5Summary {
  private static final long SMALL = 1_000_000;
  private static final int MAX_LINES = 36;
  private static final int MOST_LINES = 10_000;
  private static final int MAX_TEXT = 60;
  private static final String PROVENANCE = "provenance";

  private final Hdf5Reader reader;
  private final List<String> lines = new ArrayList<>();

  Hdf5Summary(Hdf5Reader reader) {
    this.reader = reader;
  }

  String describe(long bytes) {
    lines.add(reader.file().getFileName() + ": HDF5, " + size(bytes));
    attributes("/", "");
    group("/", "");
    shorten();
    provenance();
    return String.join("\n", lines) + "\n";
  }

  private void shorten() {
    if (lines.size() > MAX_LINES) {
      int more = lines.size() - MAX_LINES;
      lines.subList(MAX_LINES, lines.size()).clear();
      lines.add("... " + more + " more lines");
    }
  }

  private void group(String path, String indent) {
    List<List<String>> shapes = new ArrayList<>();
    int alike = 0;
    for (String name : reader.children(path)) {
      if (lines.size() > MOST_LINES) {
        return; // links can make a tree of any size out of a few groups
      }
      String child = path.equals("/") ? "/" + name : path + "/" + name;
      if (path.equals("/") && name.equals(PROVENANCE)) {
        continue;
      }
      if (!reader.isGroup(child)) {
        dataset(child, name, indent);
      } else if (shapes.contains(reader.children(child))) {
        alike++;
      } else {
        shapes.add(reader.children(child));
        lines.add(indent + name + "/");
        attributes(child, indent + "  ");
        group(child, indent + "  ");
      }
    }
    if (alike > 0) {
      lines.add(indent + "(and " + alike + " more groups with the same content)");
    }
  }

  private void attributes(String path, String indent) {
    for (String name : reader.attributes(path)) {
      if (!name.startsWith("_")) {
        lines.add(indent + "@" + name + " = " + value(reader.attribute(path, name)));
      }
    }
  }

  private void dataset(String path, String name, String indent) {
    long[] dims = reader.announcedDims(path);
    ElementType type = reader.type(path);
    StringBuilder line = new StringBuilder(indent);
    line.append(String.format(Locale.ROOT, "%-18s", name));
    line.append(' ').append(type.label()).append(' ').append(Arrays.toString(dims));
    reader
        .findAttribute(path, "units")
        .map(Object::toString)
        .filter(units -> !units.equals("1"))
        .ifPresent(units -> line.append(' ').append(units));
    reader
        .findAttribute(path, "axes")
        .ifPresent(axes -> line.append(" (").append(axes).append(')'));
    reader.findAttribute(path, "long_name").ifPresent(text -> line.append("  ").append(text));
    line.append(content(path, type, dims));
    lines.add(line.toString());
  }

  private String content(String path, ElementType type, long[] dims) {
    long elements = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    if (elements == 0 || elements > SMALL) {
      return "";
    }
    if (type == ElementType.TEXT) {
      return ": " + value(reader.texts(path));
    }
    return type.isNumeric() ? "  " + ValueSummary.of(numbers(path, type)) : "";
  }

  private double[] numbers(String path, ElementType type) {
    return type == ElementType.INT64
        ? Arrays.stream(reader.longs(path)).asDoubleStream().toArray()
        : reader.doubles(path);
  }

  private void provenance() {
    if (!reader.isGroup("/" + PROVENANCE)) {
      return;
    }
    StringBuilder line = new StringBuilder("provenance:");
    for (String name : reader.attributes("/" + PROVENANCE)) {
      line.append(' ').append(name).append('=');
      line.append(value(reader.attribute("/" + PROVENANCE, name)));
    }
    lines.add(line.toString());
    if (reader.exists("/" + PROVENANCE + "/inputs")) {
      for (String input : reader.texts("/" + PROVENANCE + "/inputs")) {
        lines.add("input: " + input);
      }
    }
  }

  private static String value(Object value) {
    if (!value.getClass().isArray()) {
      return cut(value.toString());
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      parts.add(String.valueOf(Array.get(value, i)));
    }
    return cut(String.join(", ", parts));
  }

  private static String cut(String text) {
    String line = text.strip().replaceAll("\\R", "; ");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
  }

  private static String size(long bytes) {
    double kib = 1024;
    if (bytes < kib * kib) {
      return String.format(Locale.ROOT, "%.1f KiB", bytes / kib);
    }
    return bytes < kib * kib * kib
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / kib / kib)
        : String.format(Locale.ROOT, "%.2f GiB", bytes / kib / kib / kib);
  }
}
