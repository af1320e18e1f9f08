package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Extended XYZ, as OVITO and ASE read and write it: one frame, periodic, with {@code Lattice} and
 * the properties {@code species:S:1} and {@code pos:R:3}, and what atoms have beside that; other
 * properties are skipped when read. Codes are those of the species that the reader expects; without
 * any the key {@code species_names} fixes them, and without it codes follow the first appearance.
 */
public final class ExtendedXyz {
  private static final int SPACE = 3;

  private ExtendedXyz() {}

  /** Reads a file strictly ({@code file}: one frame); the atoms. */
  public static AtomFrame read(Path file) {
    return read(file, List.of());
  }

  /**
   * Reads the atoms of known species strictly.
   *
   * @param file one frame
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. Empty: those of the file
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      return new ExtendedXyzParser(text, species).parse();
    }
  }

  /** Writes frames one behind the other, as other programs take them for a trajectory. */
  public static void write(Path file, Iterable<? extends AtomSource> frames) {
    frames.forEach(frame -> frame.speciesNames().forEach(name -> requireWord(name, file)));
    TextOutput.write(
        file,
        out -> {
          for (AtomSource frame : frames) {
            write(out, frame);
          }
        });
  }

  /** A name is a word of a line and part of a quoted value, so it has to need no quoting itself. */
  private static void requireWord(String name, Path file) {
    if (name.isEmpty() || name.matches("(?s).*[\\s\"'\\\\=,\\[\\]{}].*")) {
      throw LatticeLiftException.badData(
          "the species name '" + name + "'",
          file.toString(),
          "words without spaces, quotes, brackets and the characters \\ = ,",
          "Rename the species");
    }
  }

  private static void write(Writer out, AtomSource frame) throws IOException {
    String lattice =
        Arrays.stream(frame.cell()).mapToObj(Double::toString).collect(Collectors.joining(" "));
    out.write(frame.count() + "\n");
    String more =
        frame.properties().stream().map(each -> ":" + each + ":R:1").collect(Collectors.joining());
    out.write("Lattice=\"" + lattice + "\" Properties=species:S:1:pos:R:3" + more);
    out.write(" pbc=\"T T T\"");
    if (!frame.speciesNames().isEmpty()) {
      out.write(" species_names=\"" + String.join(" ", frame.speciesNames()) + "\"");
    }
    for (Map.Entry<String, String> label : frame.labels().entrySet()) {
      out.write(" " + label.getKey() + "=" + label.getValue());
    }
    out.write(" Timestep=" + frame.timestep() + "\n");
    List<String> names = frame.speciesNames();
    String end = frame.properties().isEmpty() ? "\n" : "";
    frame.forEach(
        new Sink() {
          @Override
          public void atom(int type, double x, double y, double z) throws IOException {
            out.write(name(names, type) + " " + x + " " + y + " " + z + end);
          }

          @Override
          public void properties(double[] values) throws IOException {
            for (double value : values) {
              out.write(" " + value);
            }
            out.write("\n");
          }
        });
  }

  private static String name(List<String> names, int type) {
    return names.isEmpty() ? "X" + type : names.get(type - 1);
  }

  /** Parses one frame of extended XYZ. */
  static final class ExtendedXyzParser {
    private static final int SPACE = 3;
    private static final int MAX_TYPE = 127;
    private static final long MAX_ATOMS = Integer.MAX_VALUE / SPACE;

    private final TextFile text;
    private final List<String> expected;
    private int columns;
    private int speciesColumn = -1;
    private int positionColumn = -1;

    /** Empty: the species that the file has. */
    ExtendedXyzParser(TextFile text, List<String> expected) {
      this.text = text;
      this.expected = expected;
    }

    AtomFrame parse() {
      int atoms = (int) text.integer(text.next("the number of atoms"), "number", 1, MAX_ATOMS);
      Map<String, String> keys = keys(text.next("the line with Lattice=\"...\""));
      double[] cell = cell(keys);
      requirePeriodic(keys);
      properties(keys.getOrDefault("properties", "species:S:1:pos:R:3"));
      SpeciesCodes codes = codes(keys);
      long timestep =
          text.integer(keys.getOrDefault("timestep", "0"), "time step", 0, Long.MAX_VALUE);
      text.requireRoom(atoms, columns);
      int[] type = new int[atoms];
      double[] position = new double[SPACE * atoms];
      for (int i = 0; i < atoms; i++) {
        String[] words = atom(i, atoms);
        type[i] = codes.code(words[speciesColumn], text);
        for (int axis = 0; axis < SPACE; axis++) {
          position[SPACE * i + axis] = text.number(words[positionColumn + axis], "coordinate");
        }
      }
      text.requireEnd("the end of the file after " + atoms + " atoms of one frame");
      return new AtomFrame(cell, type, position, timestep, codes.names());
    }

    private SpeciesCodes codes(Map<String, String> keys) {
      return expected.isEmpty()
          ? SpeciesCodes.ofFile(
              List.of(TextFile.words(keys.getOrDefault("species_names", ""))), text)
          : SpeciesCodes.expected(expected);
    }

    private String[] atom(int i, int atoms) {
      String line = text.next("atom " + (i + 1) + " of " + atoms);
      String[] words = TextFile.words(line);
      if (words.length != columns) {
        throw text.error(
            words.length + " columns in '" + TextFile.shorten(line) + "'", columns + " columns");
      }
      return words;
    }

    private Map<String, String> keys(String line) {
      CommentLine comment = new CommentLine(line);
      Map<String, String> keys = comment.pairs();
      if (!comment.rest().isBlank()) {
        throw text.error("cannot read '" + TextFile.shorten(comment.rest()) + "'", "key=value");
      }
      return keys;
    }

    private double[] cell(Map<String, String> keys) {
      if (!keys.containsKey("lattice")) {
        throw text.error(
            "no lattice", "extended XYZ, with Lattice=\"9 numbers\" in the second line");
      }
      String[] words = TextFile.words(keys.get("lattice"));
      if (words.length != SPACE * SPACE) {
        throw text.error("a lattice of " + words.length + " numbers", "Lattice=\"9 numbers\"");
      }
      double[] cell = new double[words.length];
      for (int i = 0; i < cell.length; i++) {
        cell[i] = text.number(words[i], "lattice component");
      }
      if (!(Cells.volume(cell) > 0)) {
        throw text.error("the lattice has no positive volume", "three right-handed vectors");
      }
      if (keys.containsKey("origin")) {
        throw text.error("the key Origin is not supported", "a lattice whose corner is the origin");
      }
      return cell;
    }

    private void requirePeriodic(Map<String, String> keys) {
      String pbc = keys.getOrDefault("pbc", "T T T");
      if (!pbc.strip().replaceAll("\\s+", " ").equalsIgnoreCase("T T T")) {
        throw text.error("unsupported pbc=\"" + TextFile.shorten(pbc) + "\"", "pbc=\"T T T\"");
      }
    }

    private void properties(String declaration) {
      String[] parts = declaration.split(":");
      if (parts.length % SPACE != 0) {
        throw text.error("malformed Properties", "name:type:columns:...");
      }
      for (int i = 0; i < parts.length; i += SPACE) {
        int width = (int) text.integer(parts[i + 2], "number of columns", 1, MAX_TYPE);
        if (parts[i].equals("species") && width == 1) {
          speciesColumn = columns;
        } else if (parts[i].equals("pos") && width == SPACE) {
          positionColumn = columns;
        }
        columns += width;
      }
      if (speciesColumn < 0 || positionColumn < 0) {
        throw text.error("no species or no positions", "Properties with species:S:1 and pos:R:3");
      }
    }

    /**
     * The second line of extended XYZ: {@code key=value}, {@code key="several words"} or {@code
     * key} alone, separated by blanks. Every character is looked at once.
     */
    static final class CommentLine {
      private static final String BLANKS = " \t\n\u000b\f\r";
      private static final char QUOTE = '"';

      private final String line;
      private final Map<String, String> pairs = new HashMap<>();
      private int at;

      CommentLine(String line) {
        this.line = line;
        int start = 0;
        while (pair()) {
          start = at;
        }
        at = start;
      }

      /** Values by key in lower case; that of a key alone is {@code T}. */
      Map<String, String> pairs() {
        return pairs;
      }

      /** What follows the last pair, blank where all was read. */
      String rest() {
        return line.substring(at);
      }

      /** Whether a whole pair follows; then it is passed. */
      private boolean pair() {
        skip(true, "");
        String key = skip(false, "=\"");
        String value = "T";
        if (!key.isEmpty() && is('=')) {
          at++;
          value = is(QUOTE) ? quoted() : skip(false, "\"");
        }
        if (key.isEmpty() || value == null || at < line.length() && !blank()) {
          return false;
        }
        pairs.put(key.toLowerCase(Locale.ROOT), value);
        return true;
      }

      private String quoted() {
        int end = line.indexOf(QUOTE, at + 1);
        if (end < 0) {
          return null;
        }
        String value = line.substring(at + 1, end);
        at = end + 1;
        return value;
      }

      /** Passes blanks, or what is neither blank nor one of some characters. */
      private String skip(boolean blanks, String others) {
        int start = at;
        while (at < line.length() && blank() == blanks && others.indexOf(line.charAt(at)) < 0) {
          at++;
        }
        return line.substring(start, at);
      }

      private boolean blank() {
        return BLANKS.indexOf(line.charAt(at)) >= 0;
      }

      private boolean is(char wanted) {
        return at < line.length() && line.charAt(at) == wanted;
      }
    }
  }
}
