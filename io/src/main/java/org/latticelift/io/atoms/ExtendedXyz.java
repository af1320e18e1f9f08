package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  /**
   * Reads a file strictly.
   *
   * @param file one frame
   * @return the atoms
   */
  public static AtomFrame read(Path file) {
    return read(file, List.of());
  }

  /**
   * Reads the atoms of known species strictly.
   *
   * @param file one frame
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. Empty: those of the file
   * @return the atoms
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      return new ExtendedXyzParser(text, species).parse();
    }
  }

  /**
   * Writes frames one behind the other, as other programs take them for a trajectory.
   *
   * @param file the file
   * @param frames as for one
   */
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
        new AtomSource.Sink() {
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
}
