package org.latticelift.io.atoms;

import java.util.List;
import java.util.Map;

/** Parses one frame of extended XYZ. */
final class ExtendedXyzParser {
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
        ? SpeciesCodes.ofFile(List.of(TextFile.words(keys.getOrDefault("species_names", ""))), text)
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
      throw text.error("no lattice", "extended XYZ, with Lattice=\"9 numbers\" in the second line");
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
}
