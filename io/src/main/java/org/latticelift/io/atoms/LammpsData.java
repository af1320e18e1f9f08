package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

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
   * first vector along x and its second in the plane of x and y.
   *
   * @param file the file
   * @param frame atoms; a name that is no element gets the mass 1
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
}
