package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.latticelift.io.atoms.AtomFrame.GrowingFrame;

/**
 * POSCAR and CONTCAR of VASP: a comment, a scale, three vectors, names and numbers of the species,
 * {@code Direct} or {@code Cartesian}, and the atoms, species by species. Files of VASP 4, without
 * the line of names, hold codes alone. What follows the atoms behind an empty line or a heading
 * (velocities) is left.
 */
public final class Poscar {
  private static final int SPACE = 3;
  private static final int MAX_TYPE = 127;
  private static final long MAX_ATOMS = Integer.MAX_VALUE / SPACE;

  /** Headings of what VASP writes behind the atoms without an empty line. */
  private static final Pattern VELOCITIES =
      Pattern.compile("(?i)lattice velocities.*|direct|cartesian");

  private Poscar() {}

  /**
   * Reads a file strictly.
   *
   * @param file POSCAR or CONTCAR
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. Empty: those of the file
   * @return the atoms in the order of the file; a species may stand in several groups
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      text.next("a comment");
      double scale = text.number(text.next("the scale").strip(), "scale");
      double[] cell = cell(text, scale);
      String[] words = TextFile.words(text.next("names of the species"));
      boolean named = words.length > 0 && !words[0].matches("[0-9].*");
      List<String> names = new ArrayList<>();
      if (named) {
        for (String word : words) {
          names.add(word.replaceFirst("[_/].*", "")); // Mo_pv is a potential of Mo
        }
        words = TextFile.words(text.next("numbers of atoms"));
      }
      return atoms(text, cell, scale, names, words, species);
    }
  }

  private static double[] cell(TextFile text, double scale) {
    double[] cell = new double[SPACE * SPACE];
    for (int row = 0; row < SPACE; row++) {
      vector(text, TextFile.words(text.next("a vector of the cell")), cell, SPACE * row);
    }
    double volume = Cells.volume(cell);
    if (!(volume > 0) || scale == 0) {
      throw text.error("the cell has no positive volume", "three right-handed vectors");
    }
    double factor = factor(scale, volume);
    for (int i = 0; i < cell.length; i++) {
      cell[i] *= factor;
    }
    return cell;
  }

  /** A negative scale is the volume of the cell. */
  private static double factor(double scale, double volume) {
    return scale > 0 ? scale : Math.cbrt(-scale / volume);
  }

  private static void vector(TextFile text, String[] words, double[] into, int at) {
    if (words.length < SPACE) {
      throw text.error(words.length + " numbers", "three numbers");
    }
    for (int axis = 0; axis < SPACE; axis++) {
      into[at + axis] = text.number(words[axis], "coordinate");
    }
  }

  private static AtomFrame atoms(
      TextFile text,
      double[] cell,
      double scale,
      List<String> names,
      String[] numbers,
      List<String> species) {
    if (numbers.length == 0 || !names.isEmpty() && names.size() != numbers.length) {
      throw text.error(
          numbers.length + " numbers of atoms for " + names.size() + " species",
          "a number for each species");
    }
    long[] counts = new long[numbers.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = text.integer(numbers[i], "number of atoms", 0, MAX_ATOMS);
    }
    long total = LongStream.of(counts).sum();
    text.integer(Long.toString(total), "number of atoms", 1, MAX_ATOMS);
    int[] codes = codes(text, names, counts.length, species);
    boolean direct = direct(text);
    text.requireRoom(total, SPACE);
    GrowingFrame frame = new GrowingFrame();
    double[] at = new double[SPACE];
    for (int kind = 0; kind < counts.length; kind++) {
      for (long i = 0; i < counts[kind]; i++) {
        vector(text, TextFile.words(text.next("atom " + (frame.atoms() + 1))), at, 0);
        if (direct) {
          Cells.position(cell, at.clone(), at, 0);
        } else {
          scale(text, at, scale);
        }
        frame.add(codes[kind], at);
      }
    }
    String behind = text.poll();
    if (behind != null && !behind.isBlank() && !VELOCITIES.matcher(behind.strip()).matches()) {
      throw text.error(
          "'" + TextFile.shorten(behind.strip()) + "' behind atom " + total + ", the last",
          "as many rows as the numbers of atoms say, and an empty line before anything else");
    }
    return frame.frame(cell, names.isEmpty() || species.isEmpty() ? distinct(names) : species);
  }

  private static void scale(TextFile text, double[] at, double factor) {
    if (factor < 0) {
      throw text.error("Cartesian coordinates with a volume for a scale", "a positive scale");
    }
    for (int axis = 0; axis < SPACE; axis++) {
      at[axis] *= factor;
    }
  }

  /** Codes of the kinds of the file. */
  private static int[] codes(TextFile text, List<String> names, int kinds, List<String> species) {
    int most = species.isEmpty() ? MAX_TYPE : species.size();
    if (names.isEmpty() && kinds > most) {
      throw text.error(kinds + " kinds of atoms", "at most " + most);
    }
    SpeciesCodes known =
        species.isEmpty()
            ? SpeciesCodes.ofFile(distinct(names), text)
            : SpeciesCodes.expected(species);
    int[] codes = new int[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      codes[kind] = names.isEmpty() ? kind + 1 : known.code(names.get(kind), text);
    }
    return codes;
  }

  /** ASE begins a group whenever the next atom is of another species. */
  private static List<String> distinct(List<String> names) {
    return names.stream().distinct().toList();
  }

  private static boolean direct(TextFile text) {
    String line = text.next("Direct or Cartesian").strip();
    if (line.matches("[sS].*")) { // selective dynamics: flags follow the coordinates
      line = text.next("Direct or Cartesian").strip();
    }
    if (!line.matches("[dDcCkK].*")) {
      throw text.error("unexpected '" + TextFile.shorten(line) + "'", "Direct or Cartesian");
    }
    return line.matches("[dD].*");
  }

  /**
   * Writes a frame, species by species; numbers of the cell read back exactly ({@code frame}:
   * atoms, handed out once for each species; species without atoms are left out).
   */
  public static void write(Path file, AtomSource frame) {
    TextOutput.write(file, out -> write(out, frame));
  }

  private static void write(Writer out, AtomSource frame) throws IOException {
    long[] counts = SpeciesTable.counts(frame);
    out.write(comment(frame) + "\n1.0\n");
    for (int row = 0; row < SPACE; row++) {
      double[] cell = frame.cell();
      out.write(
          cell[SPACE * row] + " " + cell[SPACE * row + 1] + " " + cell[SPACE * row + 2] + "\n");
    }
    StringBuilder names = new StringBuilder();
    StringBuilder numbers = new StringBuilder();
    for (int code = 1; code < counts.length; code++) {
      if (counts[code] > 0) {
        names.append(' ').append(SpeciesTable.name(frame, code));
        numbers.append(' ').append(counts[code]);
      }
    }
    out.write(names.toString().strip() + "\n" + numbers.toString().strip() + "\nCartesian\n");
    for (int code = 1; code < counts.length; code++) {
      int wanted = code;
      if (counts[code] > 0) {
        frame.forEach(
            (type, x, y, z) -> {
              if (type == wanted) {
                out.write(x + " " + y + " " + z + "\n");
              }
            });
      }
    }
  }

  /** What is known of a frame, in a line. */
  static String comment(AtomSource frame) {
    String labels =
        frame.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(" "));
    return labels.isEmpty() ? "LatticeLift" : "LatticeLift " + labels;
  }
}
