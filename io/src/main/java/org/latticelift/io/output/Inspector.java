package org.latticelift.io.output;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.latticelift.io.atoms.AtomFiles;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Describes a file in at most about forty lines: HDF5, or atoms of any format that is read. */
public final class Inspector {
  private static final int HEAD = 4096;
  private static final String DUMP = "ITEM:";
  private static final String HDF5 = "\u0089HDF\r\n";
  private static final String ALLOWED =
      "an HDF5 file, or atoms as extended XYZ, POSCAR, CIF, LAMMPS dump or data";
  private static final Set<AtomFiles.Format> OTHERS =
      EnumSet.of(AtomFiles.Format.POSCAR, AtomFiles.Format.CIF, AtomFiles.Format.LAMMPS_DATA);

  private Inspector() {}

  /**
   * Describes a file ({@code file}: HDF5, LAMMPS dump or extended XYZ, told apart by content, or
   * atoms in another format, told by its name); lines.
   */
  public static String describe(Path file) {
    return inspect(file, Double.NaN).text();
  }

  /**
   * What is seen of a file.
   *
   * @param text lines
   * @param emptySites of a file of atoms; none of another
   */
  public record Inspection(String text, EmptySites emptySites) {
    private Inspection(String text) {
      this(text, new EmptySites(0, 0));
    }
  }

  /**
   * Describes a file, and counts what it leaves empty of a lattice.
   *
   * @param file as for {@link #describe}
   * @param siteVolume volume of a site of the lattice, Å^3; not a number where it is not known, so
   *     that only empty sites which the file names are counted
   * @return lines and empty sites
   */
  public static Inspection inspect(Path file, double siteVolume) {
    byte[] head = head(file);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith(DUMP)) {
      AtomFrame frame = LammpsDump.read(file);
      return atoms(file, "LAMMPS dump", ", step " + frame.timestep(), frame, siteVolume);
    }
    if (text.contains("Lattice=")) {
      AtomFrame frame = ExtendedXyz.read(file);
      return atoms(file, "extended XYZ", ", step " + frame.timestep(), frame, siteVolume);
    }
    AtomFiles.Format format = AtomFiles.format(file);
    if (OTHERS.contains(format)) {
      return atoms(file, format.title(), "", AtomFiles.read(file, List.of()), siteVolume);
    }
    if (!text.startsWith(HDF5) && !file.getFileName().toString().matches(".*\\.h(df)?5")) {
      throw LatticeLiftException.badData(
          "the file is not an HDF5 file", file.toString(), ALLOWED, "Name another file");
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return new Inspection(new Hdf5Summary(reader).describe(size(file)));
    }
  }

  private static byte[] head(Path file) {
    if (Files.isDirectory(file)) {
      throw LatticeLiftException.unreadable(file, "a file in this folder, such as pairs.h5", null);
    }
    if (!Files.isRegularFile(file)) {
      throw missing(file, null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private static LatticeLiftException missing(Path file, IOException cause) {
    return LatticeLiftException.unreadable(file, ALLOWED, cause);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private static Inspection atoms(
      Path file, String kind, String step, AtomFrame frame, double siteVolume) {
    StringBuilder out = new StringBuilder();
    out.append(file.getFileName()).append(": ").append(kind).append(", ");
    out.append(frame.atoms()).append(" atoms").append(step).append('\n');
    out.append("cell (Å): ").append(vectors(frame.cell())).append('\n');
    counts(frame).forEach((name, n) -> out.append(line(name, n, frame.atoms())));
    return new Inspection(out.toString(), emptySites(frame, siteVolume));
  }

  private static EmptySites emptySites(AtomFrame frame, double siteVolume) {
    int x = frame.speciesNames().indexOf("X") + 1; // 0, an empty site, where there is none
    long named = Arrays.stream(frame.type()).filter(type -> type == 0 || type == x).count();
    double room = Double.isNaN(siteVolume) ? 0 : frame.volume() / siteVolume;
    long sites = Math.max(frame.atoms(), Math.round(room));
    return new EmptySites(sites - frame.atoms() + named, sites);
  }

  private static String vectors(double[] cell) {
    List<String> rows =
        List.of(
            Arrays.toString(Arrays.copyOfRange(cell, 0, 3)),
            Arrays.toString(Arrays.copyOfRange(cell, 3, 6)),
            Arrays.toString(Arrays.copyOfRange(cell, 6, 9)));
    return String.join(" ", rows);
  }

  private static Map<String, Integer> counts(AtomFrame frame) {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> names = frame.speciesNames();
    for (int type : frame.type()) {
      String name = type <= names.size() ? " " + names.get(type - 1) : "";
      counts.merge("type " + type + name, 1, Integer::sum);
    }
    return counts;
  }

  private static String line(String name, int n, int all) {
    return String.format(Locale.ROOT, "%s: %d (%.3f %%)%n", name, n, 100.0 * n / all)
        .replace("\r", "");
  }

  /**
   * The tree of an HDF5 file: shape, type, unit, name and range of each dataset. Groups that look
   * like one shown before them are only counted, so that the result fits on one screen.
   */
  static final class Hdf5Summary {
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

    /** Smallest, largest and mean finite value, and how many values are not finite. */
    record ValueSummary(long finite, long other, double min, double max, double mean) {
      private static final int DIGITS = 4;
      private static final double SMALL = 1e-4;
      private static final double LARGE = 1e7;

      static ValueSummary of(double[] values) {
        long finite = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (double value : values) {
          if (Double.isFinite(value)) {
            finite++;
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
          }
        }
        return new ValueSummary(finite, values.length - finite, min, max, sum / finite);
      }

      @Override
      public String toString() {
        String bad = other == 0 ? "" : ", " + other + " not finite";
        if (finite == 0) {
          return "[no finite value" + bad + "]";
        }
        if (finite == 1 && other == 0) {
          return "[" + compact(min) + "]";
        }
        return "[" + compact(min) + " to " + compact(max) + ", mean " + compact(mean) + bad + "]";
      }

      private static String compact(double value) {
        BigDecimal rounded =
            new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        double size = Math.abs(value);
        boolean plain = size < Double.MIN_NORMAL || size >= SMALL && size < LARGE;
        return plain ? rounded.toPlainString() : rounded.toString().replace('E', 'e');
      }
    }
  }
}
