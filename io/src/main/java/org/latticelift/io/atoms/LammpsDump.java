package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The LAMMPS text dump of AL-06: one frame, a rectangular periodic box, columns {@code id type x y
 * z} (or scaled {@code xs ys zs}) in any order and others beside them, {@code element} for names;
 * {@code type} may be missing where {@code element} is there and the reader knows the species.
 * Atoms come out in the order of their ids, positions relative to the lower corner of the box.
 */
public final class LammpsDump {
  private static final int SPACE = 3;

  private LammpsDump() {}

  /** Reads a file strictly ({@code file}: a text dump with one frame); the atoms. */
  public static AtomFrame read(Path file) {
    return read(file, List.of());
  }

  /**
   * Reads the atoms of known species strictly.
   *
   * @param file a text dump with one frame
   * @param species names of code 1, 2, ...; others in the column {@code element} are refused, but
   *     for {@code X}, an empty site with code 0. Without that column type n is the n-th species,
   *     and the frame has no names. Empty: types are kept as they are
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      return new LammpsDumpParser(text, species).parse();
    }
  }

  /**
   * Writes frames one behind the other. A label {@code time} becomes the item of that name ({@code
   * frames}: as for one).
   */
  public static void write(Path file, Iterable<? extends AtomSource> frames) {
    TextOutput.write(
        file,
        out -> {
          for (AtomSource frame : frames) {
            write(out, frame);
          }
        });
  }

  private static void requireRectangular(double[] cell) {
    if (cell[1] != 0
        || cell[2] != 0
        || cell[3] != 0
        || cell[5] != 0
        || cell[6] != 0
        || cell[7] != 0) {
      throw new IllegalArgumentException("a LAMMPS dump here needs a rectangular cell");
    }
  }

  private static void write(Writer out, AtomSource frame) throws IOException {
    requireRectangular(frame.cell());
    boolean named = !frame.speciesNames().isEmpty();
    if (frame.labels().containsKey("time")) {
      out.write("ITEM: TIME\n" + frame.labels().get("time") + "\n");
    }
    out.write("ITEM: TIMESTEP\n" + frame.timestep() + "\n");
    out.write("ITEM: NUMBER OF ATOMS\n" + frame.count() + "\n");
    out.write("ITEM: BOX BOUNDS pp pp pp\n");
    for (int axis = 0; axis < SPACE; axis++) {
      double length = frame.cell()[axis * (SPACE + 1)];
      out.write(String.format(Locale.ROOT, "%.16e %.16e%n", 0.0, length).replace("\r", ""));
    }
    out.write("ITEM: ATOMS id type x y z" + (named ? " element" : "") + "\n");
    List<String> names = frame.speciesNames();
    long[] id = {0};
    frame.forEach(
        (type, x, y, z) -> {
          id[0]++;
          out.write(id[0] + " " + type + " " + x + " " + y + " " + z);
          out.write(named ? " " + names.get(type - 1) + "\n" : "\n");
        });
  }

  /** Parses one frame of a LAMMPS text dump. */
  static final class LammpsDumpParser {
    private static final int SPACE = 3;
    private static final int MAX_TYPE = 127;
    private static final long MAX_ATOMS = Integer.MAX_VALUE / SPACE;

    private final TextFile text;
    private final List<String> species;
    private final SpeciesCodes codes;
    private final double[] low = new double[SPACE];
    private final double[] length = new double[SPACE];
    private long timestep;
    private int atoms;
    private int columns;
    private int idColumn;
    private int typeColumn;
    private int elementColumn;
    private boolean scaled;
    private final int[] positionColumn = new int[SPACE];
    private String[] names = new String[0];

    /** Empty: types as they are. */
    LammpsDumpParser(TextFile text, List<String> species) {
      this.text = text;
      this.species = species;
      this.codes = SpeciesCodes.expected(species);
    }

    AtomFrame parse() {
      header();
      columns(section("ITEM: ATOMS"));
      text.requireRoom(atoms, columns);
      long[] id = new long[atoms];
      int[] type = new int[atoms];
      double[] position = new double[SPACE * atoms];
      Set<Long> ids = new HashSet<>();
      for (int i = 0; i < atoms; i++) {
        atom(i, id, type, position);
        if (!ids.add(id[i])) {
          throw text.error("the id " + id[i] + " appears twice", "each id once");
        }
      }
      text.requireEnd("the end of the file after " + atoms + " atoms of one frame");
      double[] cell = AtomFrame.rectangular(length[0], length[1], length[2]);
      return sorted(id, new AtomFrame(cell, type, position, timestep, nameList()));
    }

    private void header() {
      String line = text.next("ITEM: TIMESTEP");
      while (line.startsWith("ITEM: UNITS") || line.startsWith("ITEM: TIME") && isTime(line)) {
        text.next("a value");
        line = text.next("ITEM: TIMESTEP");
      }
      require(line, "ITEM: TIMESTEP");
      timestep = text.integer(text.next("the time step"), "time step", 0, Long.MAX_VALUE);
      section("ITEM: NUMBER OF ATOMS");
      atoms = (int) text.integer(text.next("a number"), "number of atoms", 1, MAX_ATOMS);
      String box = section("ITEM: BOX BOUNDS");
      if (!Arrays.equals(TextFile.words(box), new String[] {"pp", "pp", "pp"})) {
        throw text.error(
            "unsupported box '" + TextFile.shorten(box.strip()) + "'",
            "a rectangular box, pp pp pp");
      }
      for (int axis = 0; axis < SPACE; axis++) {
        bounds(axis, TextFile.words(text.next("two bounds of the box")));
      }
    }

    private static boolean isTime(String line) {
      return line.strip().equals("ITEM: TIME");
    }

    private String section(String title) {
      String line = text.next(title);
      require(line, title);
      return line.substring(title.length());
    }

    private void require(String line, String title) {
      if (!line.startsWith(title)) {
        throw text.error("unexpected '" + TextFile.shorten(line) + "'", title);
      }
    }

    private void bounds(int axis, String[] words) {
      if (words.length != 2) {
        throw text.error("unsupported box bounds", "two numbers: lower and upper");
      }
      low[axis] = text.number(words[0], "bound");
      length[axis] = text.number(words[1], "bound") - low[axis];
      if (!(length[axis] > 0)) {
        throw text.error("the box has no positive length", "lower bound < upper bound");
      }
    }

    private void columns(String line) {
      List<String> titles = List.of(TextFile.words(line));
      columns = titles.size();
      idColumn = column(titles, "id");
      elementColumn = titles.indexOf("element");
      typeColumn = byElement() && !titles.contains("type") ? -1 : column(titles, "type");
      scaled = !titles.contains("x") && titles.contains("xs");
      String[] wanted = scaled ? new String[] {"xs", "ys", "zs"} : new String[] {"x", "y", "z"};
      for (int axis = 0; axis < SPACE; axis++) {
        positionColumn[axis] = column(titles, wanted[axis]);
      }
    }

    private int column(List<String> titles, String title) {
      int column = titles.indexOf(title);
      if (column < 0 || titles.lastIndexOf(title) != column) {
        throw text.error("no single column '" + title + "'", "ITEM: ATOMS id type x y z");
      }
      return column;
    }

    private void atom(int i, long[] id, int[] type, double[] position) {
      String line = text.next("atom " + (i + 1) + " of " + atoms);
      String[] words = TextFile.words(line);
      if (words.length != columns) {
        throw text.error(
            words.length + " columns in '" + TextFile.shorten(line) + "'", columns + "");
      }
      id[i] = text.integer(words[idColumn], "atom id", 1, Long.MAX_VALUE);
      type[i] = type(words);
      for (int axis = 0; axis < SPACE; axis++) {
        double value = text.number(words[positionColumn[axis]], "coordinate");
        position[SPACE * i + axis] = scaled ? value * length[axis] : value - low[axis];
      }
    }

    /** Whether the column of names decides, and not that of types. */
    private boolean byElement() {
      return elementColumn >= 0 && !species.isEmpty();
    }

    private int type(String[] words) {
      int type = 0;
      if (typeColumn >= 0) {
        boolean any = species.isEmpty() || byElement();
        int most = any ? MAX_TYPE : species.size();
        String quantity = any ? "atom type" : "atom type of " + String.join(", ", species);
        type = (int) text.integer(words[typeColumn], quantity, 1, most);
        if (elementColumn >= 0) {
          name(type, words[elementColumn]);
        }
      }
      return byElement() ? codes.code(words[elementColumn], text) : type;
    }

    private void name(int type, String name) {
      if (names.length < type) {
        names = Arrays.copyOf(names, type);
      }
      if (names[type - 1] != null && !names[type - 1].equals(name)) {
        throw text.error("type " + type + " is " + names[type - 1] + " and " + name, "one name");
      }
      names[type - 1] = name;
    }

    private List<String> nameList() {
      if (byElement()) {
        return species;
      }
      List<String> list = new ArrayList<>();
      for (int i = 0; i < names.length; i++) {
        list.add(names[i] == null ? "X" + (i + 1) : names[i]);
      }
      return list;
    }

    private static AtomFrame sorted(long[] id, AtomFrame frame) {
      Integer[] order = new Integer[id.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparingLong(i -> id[i]));
      int[] type = new int[id.length];
      double[] position = new double[SPACE * id.length];
      for (int i = 0; i < id.length; i++) {
        type[i] = frame.type()[order[i]];
        System.arraycopy(frame.position(), SPACE * order[i], position, SPACE * i, SPACE);
      }
      return new AtomFrame(frame.cell(), type, position, frame.timestep(), frame.speciesNames());
    }
  }
}
