package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The LAMMPS text dump of AL-06: one frame, a rectangular periodic box, columns {@code id type x y
 * z} (or scaled {@code xs ys zs}) in any order and others beside them, {@code element} for names;
 * {@code type} may be missing where {@code element} is there and the reader knows the species.
 * Atoms come out in the order of their ids, positions relative to the lower corner of the box.
 */
public final class LammpsDump {
  private static final int SPACE = 3;

  private LammpsDump() {}

  /**
   * Reads a file strictly.
   *
   * @param file a text dump with one frame
   * @return the atoms
   */
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
   * @return the atoms
   */
  public static AtomFrame read(Path file, List<String> species) {
    try (TextFile text = TextFile.open(file)) {
      return new LammpsDumpParser(text, species).parse();
    }
  }

  /**
   * Writes frames one behind the other. A label {@code time} becomes the item of that name.
   *
   * @param file the file
   * @param frames as for one
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
}
