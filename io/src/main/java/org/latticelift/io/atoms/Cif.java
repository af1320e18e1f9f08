package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.latticelift.io.atoms.AtomFrame.GrowingFrame;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Crystallographic information files of one structure with all its atoms (space group P 1); files
 * that leave atoms to symmetry are refused, as are atoms that share a site.
 */
public final class Cif {
  private static final int SPACE = 3;
  private static final String[] LENGTHS = {"_cell_length_a", "_cell_length_b", "_cell_length_c"};
  private static final String[] ANGLES = {
    "_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma"
  };
  private static final String[] FRACTIONS = {
    "_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"
  };
  private static final String SYMBOL = "_atom_site_type_symbol";
  private static final String LABEL = "_atom_site_label";
  private static final String OCCUPANCY = "_atom_site_occupancy";
  private static final Set<String> MULTIPLICITIES =
      Set.of("_atom_site_symmetry_multiplicity", "_atom_site_site_symmetry_multiplicity");

  /** Tags of a space group: its names, and its number in the International Tables. */
  private static final Pattern GROUP =
      Pattern.compile("_(space_group|symmetry)_.*(name_(h-m|hall).*|(it|int_tables)_number)");

  /** Tags of symmetry operations, of CIF 1 and of the newer dictionary. */
  private static final Pattern OPERATION =
      Pattern.compile("_(space_group_symop|symmetry_equiv).*(xyz|algebraic)");

  private static final Pattern UNKNOWN = Pattern.compile("[?.]");
  private static final Pattern NO_SYMMETRY = Pattern.compile("p?1");
  private static final Pattern IDENTITY = Pattern.compile("\\+?x,\\+?y,\\+?z(,.*)?");

  private final TextFile text;
  private final Map<String, String> values = new HashMap<>();
  private final List<String[]> symmetry = new ArrayList<>();
  private List<String> columns = List.of();
  private final List<String[]> atoms = new ArrayList<>();

  private Cif(TextFile text) {
    this.text = text;
  }

  /**
   * Reads a file strictly.
   *
   * @param file one structure
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. Empty: those of the file, in the order of first appearance
   * @return the atoms
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      Cif cif = new Cif(text);
      cif.collect();
      return cif.frame(species);
    }
  }

  private void collect() {
    CifTokens tokens = new CifTokens(text);
    int structures = 0;
    for (String word = tokens.next(); word != null; word = tokens.next()) {
      if (word.regionMatches(true, 0, "data_", 0, 5)) {
        structures++;
        if (structures > 1) {
          throw text.error("a second structure", "one structure, data_...");
        }
      } else if (word.equalsIgnoreCase("loop_")) {
        loop(tokens);
      } else if (word.startsWith("_") && tokens.isValue()) {
        String name = name(word);
        values.put(name, tokens.next());
        noteSymmetry(word, values.get(name));
      } else {
        throw text.error("unexpected '" + TextFile.shorten(word) + "'", "_name value, or loop_");
      }
    }
  }

  /** The newer dictionary has a dot behind the category. */
  private static String name(String tag) {
    return tag.toLowerCase(Locale.ROOT).replace('.', '_');
  }

  private void noteSymmetry(String tag, String value) {
    if (GROUP.matcher(name(tag)).matches() || OPERATION.matcher(name(tag)).matches()) {
      symmetry.add(new String[] {tag, value});
    }
  }

  private void loop(CifTokens tokens) {
    List<String> names = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    while (tokens.peek() != null && tokens.peek().startsWith("_")) {
      tags.add(tokens.next());
      names.add(name(tags.get(tags.size() - 1)));
    }
    if (names.isEmpty()) {
      throw text.error("a loop without names", "loop_ with names such as " + SYMBOL);
    }
    boolean sites = names.contains(FRACTIONS[0]);
    if (sites) {
      columns = names;
    }
    while (tokens.isValue()) {
      String[] row = new String[names.size()];
      for (int i = 0; i < row.length; i++) {
        if (!tokens.isValue()) {
          throw text.error("a row of " + i + " values", row.length + " values");
        }
        row[i] = tokens.next();
        noteSymmetry(tags.get(i), row[i]);
      }
      if (sites) {
        atoms.add(row);
      }
    }
  }

  private AtomFrame frame(List<String> species) {
    requireAllAtoms();
    double[] cell = Cells.of(numbers(LENGTHS), numbers(ANGLES));
    if (!(Cells.volume(cell) > 0)) {
      throw text.error("the cell has no positive volume", "lengths and angles of a cell");
    }
    int name = columns.indexOf(SYMBOL) >= 0 ? columns.indexOf(SYMBOL) : column(LABEL);
    SpeciesCodes codes =
        species.isEmpty() ? SpeciesCodes.ofFile(List.of(), text) : SpeciesCodes.expected(species);
    GrowingFrame frame = new GrowingFrame();
    double[] at = new double[SPACE];
    for (String[] row : atoms) {
      requireWhole(row);
      double[] fraction = new double[SPACE];
      for (int axis = 0; axis < SPACE; axis++) {
        fraction[axis] = number(row[column(FRACTIONS[axis])], "coordinate");
      }
      Cells.position(cell, fraction, at, 0);
      frame.add(codes.code(element(row[name]), text), at);
    }
    return frame.frame(cell, codes.names());
  }

  private void requireAllAtoms() {
    if (columns.isEmpty() || atoms.isEmpty()) {
      throw text.error("no atoms", "a loop_ with " + String.join(", ", FRACTIONS));
    }
    String unknown = null;
    boolean known = false;
    for (String[] each : symmetry) {
      String value = each[1].replaceAll("\\s", "").toLowerCase(Locale.ROOT);
      boolean operation = OPERATION.matcher(name(each[0])).matches();
      if (UNKNOWN.matcher(value).matches()) {
        unknown = each[0] + " " + each[1];
      } else if ((operation ? IDENTITY : NO_SYMMETRY).matcher(value).matches()) {
        known = true;
      } else {
        throw leftToSymmetry(each[0] + " " + TextFile.shorten(each[1]));
      }
    }
    if (unknown != null && !known) {
      throw leftToSymmetry(unknown);
    }
  }

  private LatticeLiftException leftToSymmetry(String tag) {
    return text.error(
        "atoms are left to symmetry: " + tag, "all atoms, space group P 1, as ASE writes them");
  }

  private void requireWhole(String[] row) {
    int occupancy = columns.indexOf(OCCUPANCY);
    if (occupancy >= 0 && Math.abs(number(row[occupancy], "occupancy") - 1) > 1e-6) {
      throw text.error("a site with occupancy " + row[occupancy], "1: one atom on each site");
    }
    for (int i = 0; i < row.length; i++) {
      if (MULTIPLICITIES.contains(columns.get(i))
          && !UNKNOWN.matcher(row[i]).matches()
          && number(row[i], "multiplicity") != 1) {
        throw leftToSymmetry(columns.get(i) + " " + TextFile.shorten(row[i]));
      }
    }
  }

  private int column(String name) {
    int column = columns.indexOf(name);
    if (column < 0) {
      throw text.error("no column " + name, "atoms with names and " + String.join(", ", FRACTIONS));
    }
    return column;
  }

  private double[] numbers(String[] names) {
    return Arrays.stream(names)
        .mapToDouble(name -> number(values.getOrDefault(name, "nothing"), name))
        .toArray();
  }

  /** A number, perhaps with its uncertainty in brackets. */
  private double number(String word, String quantity) {
    return text.number(word.replaceFirst("\\([0-9]+\\)$", ""), quantity);
  }

  /** {@code Mo3} and {@code Mo3+} are a Mo. */
  private static String element(String word) {
    return word.replaceFirst("[0-9].*$", "").replaceFirst("[+-]$", "");
  }

  /** Writes a frame ({@code frame}: atoms). */
  public static void write(Path file, AtomSource frame) {
    TextOutput.write(file, out -> write(out, frame));
  }

  private static void write(Writer out, AtomSource frame) throws IOException {
    double[] cell = frame.cell();
    out.write("# " + Poscar.comment(frame) + "\ndata_latticelift\n");
    out.write("_space_group_name_H-M_alt 'P 1'\n_space_group_IT_number 1\n");
    for (int row = 0; row < SPACE; row++) {
      out.write(LENGTHS[row] + " " + Cells.length(cell, row) + "\n");
    }
    for (int row = 0; row < SPACE; row++) {
      double angle = Cells.angle(cell, (row + 1) % SPACE, (row + 2) % SPACE);
      out.write(ANGLES[row] + " " + angle + "\n");
    }
    out.write("loop_\n_space_group_symop_operation_xyz\n'x, y, z'\n");
    out.write("loop_\n" + LABEL + "\n" + SYMBOL + "\n" + String.join("\n", FRACTIONS) + "\n");
    out.write(OCCUPANCY + "\n");
    long[] number = {0};
    frame.forEach(
        (type, x, y, z) -> {
          number[0]++;
          String name = SpeciesTable.name(frame, type);
          double[] f = Cells.fraction(cell, x, y, z);
          out.write(name + number[0] + " " + name + " " + f[0] + " " + f[1] + " " + f[2] + " 1\n");
        });
  }

  /**
   * The words of a CIF: separated by blanks, in quotes where they contain some, text fields between
   * lines that begin with a semicolon; what follows {@code #} is a comment.
   */
  static final class CifTokens {
    private final TextFile text;
    private final Deque<String> words = new ArrayDeque<>();

    CifTokens(TextFile text) {
      this.text = text;
    }

    /** The next word without taking it; null at the end. */
    String peek() {
      while (words.isEmpty()) {
        String line = text.poll();
        if (line == null) {
          return null;
        }
        if (line.startsWith(";")) {
          words.add(field(line));
        } else {
          split(line);
        }
      }
      return words.peek();
    }

    /** Takes the next word; null at the end. */
    String next() {
      String word = peek();
      words.poll();
      return word;
    }

    /** Whether the next word is a value, not a name, a heading or the end. */
    boolean isValue() {
      String word = peek();
      return word != null
          && !word.startsWith("_")
          && !word.equalsIgnoreCase("loop_")
          && !word.regionMatches(true, 0, "data_", 0, 5);
    }

    private String field(String first) {
      StringBuilder field = new StringBuilder(first.substring(1));
      for (String line = text.next("';'"); !line.startsWith(";"); line = text.next("';'")) {
        field.append(' ').append(line);
      }
      return field.toString().strip();
    }

    private void split(String line) {
      int at = 0;
      while (at < line.length()) {
        char first = line.charAt(at);
        if (first == '#') {
          return;
        }
        if (Character.isWhitespace(first)) {
          at++;
        } else if (first == '\'' || first == '"') {
          at = quoted(line, at);
        } else {
          int end = at;
          while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
          }
          words.add(line.substring(at, end));
          at = end;
        }
      }
    }

    /** A quote ends where a blank follows it. */
    private int quoted(String line, int start) {
      for (int end = start + 1; end < line.length(); end++) {
        boolean last = end + 1 == line.length() || Character.isWhitespace(line.charAt(end + 1));
        if (line.charAt(end) == line.charAt(start) && last) {
          words.add(line.substring(start + 1, end));
          return end + 1;
        }
      }
      throw text.error("a quote without its end", "'...' or \"...\"");
    }
  }
}
