package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.io.atoms.AtomFrame.GrowingFrame;

/**
 * The file that the LAMMPS command {@code read_data} reads: box, masses with the names of the types
 * behind them, and atoms of the styles {@code atomic}, {@code charge}, {@code molecular} and {@code
 * full}. Names come from {@code Atom Type Labels} or from the comments of the masses.
 */
public final class LammpsData {
  private LammpsData() {}

  /**
   * Reads a file strictly.
   *
   * @param file data of one structure
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. A file without names keeps its types. Empty: those of the file
   * @return the atoms in the order of their ids
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      return new LammpsDataParser(text, species).parse();
    }
  }

  /**
   * Writes a frame with atoms of style {@code atomic}; numbers read back exactly. The cell has its
   * first vector along x and its second in the plane of x and y ({@code frame}: atoms; a name that
   * is no element gets the mass 1).
   */
  public static void write(Path file, AtomSource frame) {
    double[] cell = frame.cell();
    if (cell[1] != 0 || cell[2] != 0 || cell[5] != 0) {
      throw new IllegalArgumentException("the cell is not as LAMMPS places it");
    }
    TextOutput.write(file, out -> write(out, frame));
  }

  private static void write(Writer out, AtomSource frame) throws IOException {
    double[] cell = frame.cell();
    int types = SpeciesTable.counts(frame).length - 1;
    out.write(Poscar.comment(frame) + "\n\n");
    out.write(frame.count() + " atoms\n" + types + " atom types\n\n");
    out.write("0.0 " + cell[0] + " xlo xhi\n0.0 " + cell[4] + " ylo yhi\n");
    out.write("0.0 " + cell[8] + " zlo zhi\n");
    if (cell[3] != 0 || cell[6] != 0 || cell[7] != 0) {
      out.write(cell[3] + " " + cell[6] + " " + cell[7] + " xy xz yz\n");
    }
    out.write("\nMasses\n\n");
    for (int code = 1; code <= types; code++) {
      String name = SpeciesTable.name(frame, code);
      out.write(code + " " + SpeciesTable.mass(name).orElse(1.0) + " # " + name + "\n");
    }
    out.write("\nAtoms # atomic\n\n");
    long[] id = {0};
    frame.forEach(
        (type, x, y, z) -> {
          id[0]++;
          out.write(id[0] + " " + type + " " + x + " " + y + " " + z + "\n");
        });
  }

  /** Parses LAMMPS data: a header, then sections with a title of their own. */
  static final class LammpsDataParser {
    private static final int SPACE = 3;
    private static final int MAX_TYPE = 127;
    private static final long MAX_ATOMS = Integer.MAX_VALUE / SPACE;

    /** Columns before the coordinates: of the id 0, of the type as listed. */
    private static final Map<String, int[]> STYLES =
        Map.of(
            "atomic", new int[] {1, 2}, // type, x
            "charge", new int[] {1, 3},
            "molecular", new int[] {2, 3},
            "bond", new int[] {2, 3},
            "angle", new int[] {2, 3},
            "full", new int[] {2, 4});

    private final TextFile text;
    private final List<String> species;
    private final double[] low = new double[SPACE];
    private final double[] high = new double[SPACE];
    private final double[] tilt = new double[SPACE];
    private final TreeMap<Integer, String> names = new TreeMap<>();
    private int atoms;
    private int types;

    LammpsDataParser(TextFile text, List<String> species) {
      this.text = text;
      this.species = species;
    }

    AtomFrame parse() {
      text.next("a comment");
      String line = header();
      TreeMap<Long, double[]> positions = new TreeMap<>();
      TreeMap<Long, Integer> codes = new TreeMap<>();
      while (line != null) {
        String title = content(line).strip();
        if (title.equals("Masses")) {
          line = section((words, comment) -> name(words[0], comment));
        } else if (title.equals("Atom Type Labels")) {
          line = section((words, comment) -> name(words[0], words[1]));
        } else if (title.equals("Atoms")) {
          int[] columns = columns(line);
          line = section((words, comment) -> atom(words, columns, positions, codes));
        } else {
          line = section((words, comment) -> {}); // velocities, bonds and the like
        }
      }
      if (positions.size() != atoms) {
        throw text.error(positions.size() + " atoms", atoms + " atoms, as the header says");
      }
      return frame(positions, codes);
    }

    private interface Row {
      void take(String[] words, String comment);
    }

    private static String content(String line) {
      int comment = line.indexOf('#');
      return comment < 0 ? line : line.substring(0, comment);
    }

    private static String comment(String line) {
      int comment = line.indexOf('#');
      return comment < 0 ? "" : line.substring(comment + 1).strip();
    }

    /** Reads as far as the first title, and returns it. */
    private String header() {
      for (String line = text.next("a header"); ; line = text.next("a section")) {
        String[] words = TextFile.words(content(line));
        String rest = String.join(" ", words).replaceFirst("^[-+.0-9eE ]+", "");
        if (words.length > 0 && !words[0].matches("[-+.0-9].*")) {
          return line;
        }
        switch (rest) {
          case "atoms" -> atoms = (int) text.integer(words[0], "number of atoms", 1, MAX_ATOMS);
          case "atom types" -> types = (int) text.integer(words[0], "number", 1, MAX_TYPE);
          case "xlo xhi" -> bounds(0, words);
          case "ylo yhi" -> bounds(1, words);
          case "zlo zhi" -> bounds(2, words);
          case "xy xz yz" -> {
            for (int i = 0; i < SPACE; i++) {
              tilt[i] = text.number(words[i], "tilt");
            }
          }
          default -> {} // numbers of bonds and the like
        }
      }
    }

    private void bounds(int axis, String[] words) {
      low[axis] = text.number(words[0], "bound");
      high[axis] = text.number(words[1], "bound");
      if (!(high[axis] > low[axis])) {
        throw text.error("the box has no positive length", "lower bound < upper bound");
      }
    }

    /** Reads rows as far as the next title, and returns it; null at the end. */
    private String section(Row row) {
      for (String line = text.poll(); line != null; line = text.poll()) {
        String[] words = TextFile.words(content(line));
        if (words.length > 0 && !words[0].matches("[-+.0-9].*")) {
          return line;
        }
        if (words.length > 1) {
          row.take(words, comment(line));
        }
      }
      return null;
    }

    private void name(String type, String name) {
      if (!name.matches("\\S+")) {
        return; // a comment that is no name
      }
      names.put((int) text.integer(type, "atom type", 1, MAX_TYPE), name);
    }

    private int[] columns(String title) {
      String style = comment(title).isEmpty() ? "atomic" : comment(title);
      int[] columns = STYLES.get(style);
      if (columns == null) {
        throw text.error("atoms of style " + style, String.join(", ", STYLES.keySet()));
      }
      text.requireRoom(atoms, columns[1] + SPACE);
      return columns;
    }

    private void atom(
        String[] words, int[] columns, Map<Long, double[]> positions, Map<Long, Integer> codes) {
      if (words.length < columns[1] + SPACE) {
        throw text.error(words.length + " columns", "at least " + (columns[1] + SPACE));
      }
      long id = text.integer(words[0], "atom id", 1, Long.MAX_VALUE);
      double[] at = new double[SPACE];
      for (int axis = 0; axis < SPACE; axis++) {
        at[axis] = text.number(words[columns[1] + axis], "coordinate") - low[axis];
      }
      if (positions.put(id, at) != null) {
        throw text.error("the id " + id + " appears twice", "each id once");
      }
      codes.put(id, (int) text.integer(words[columns[0]], "atom type", 1, Math.max(1, types)));
    }

    private AtomFrame frame(TreeMap<Long, double[]> positions, TreeMap<Long, Integer> codes) {
      double[] cell = {
        high[0] - low[0], 0, 0, tilt[0], high[1] - low[1], 0, tilt[1], tilt[2], high[2] - low[2]
      };
      if (!(Cells.volume(cell) > 0)) {
        throw text.error("no box", "xlo xhi, ylo yhi and zlo zhi");
      }
      boolean named = names.size() == types;
      int[] ours = codes(named);
      GrowingFrame frame = new GrowingFrame();
      positions.forEach((id, at) -> frame.add(ours[codes.get(id)], at));
      List<String> own = new ArrayList<>(names.values());
      return frame.frame(cell, !named ? List.of() : species.isEmpty() ? own : species);
    }

    private int[] codes(boolean named) {
      if (!named && !species.isEmpty() && types > species.size()) {
        throw text.error(types + " atom types", "at most " + species.size() + ": " + species);
      }
      SpeciesCodes expected = SpeciesCodes.expected(species);
      int[] codes = new int[types + 1];
      for (int type = 1; type <= types; type++) {
        boolean byName = named && !species.isEmpty();
        codes[type] = byName ? expected.code(names.get(type), text) : type;
      }
      return codes;
    }
  }
}
