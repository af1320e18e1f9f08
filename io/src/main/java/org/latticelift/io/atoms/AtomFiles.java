package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;

/** Files of atoms of any format that is read here; the name of the file decides. */
public final class AtomFiles {
  /** The formats, in the order in which their names are looked for; any other name is a dump. */
  public enum Format {
    /** {@code .xyz} and {@code .extxyz}. */
    EXTENDED_XYZ("extended XYZ", ".*\\.(ext)?xyz", ExtendedXyz::read),
    /** {@code .vasp}, {@code .poscar}, {@code POSCAR...} and {@code CONTCAR...}. */
    POSCAR("POSCAR", ".*\\.(vasp|poscar)|(pos|cont)car.*", Poscar::read),
    /** {@code .cif}. */
    CIF("CIF", ".*\\.cif", Cif::read),
    /** {@code .data}, {@code .lmp} and {@code .lammps-data}. */
    LAMMPS_DATA("LAMMPS data", ".*\\.(data|lmp|lammps-data)", LammpsData::read),
    /** Every other name. */
    LAMMPS_DUMP("LAMMPS dump", ".*", LammpsDump::read);

    private final String title;
    private final String names;
    private final Reader reader;

    Format(String title, String names, Reader reader) {
      this.title = title;
      this.names = names;
      this.reader = reader;
    }

    /** What people call it; such as extended XYZ. */
    public String title() {
      return title;
    }
  }

  private interface Reader {
    AtomFrame read(Path file, List<String> species);
  }

  private AtomFiles() {}

  /** The format that the name of a file tells ({@code file}: any name). */
  public static Format format(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT); // the root has none
    return Stream.of(Format.values())
        .filter(format -> name.matches(format.names))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Reads one structure strictly, in the format that its name tells.
   *
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. Empty: those of the file
   * @return the atoms; without names of species where the file has none
   */
  public static AtomFrame read(Path file, List<String> species) {
    Format format = format(file);
    if (format == Format.LAMMPS_DUMP && !beginsWith(file, "ITEM:")) {
      throw LatticeLiftException.badData(
          "the file is no LAMMPS dump",
          file.toString(),
          "a dump, or another format under the name that tells it: .xyz, .extxyz, POSCAR..., .vasp,"
              + " .poscar, .cif, .data, .lmp",
          "Rename the file, or name another one");
    }
    return format.reader.read(file, species);
  }

  private static boolean beginsWith(Path file, String text) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(text.length()), StandardCharsets.ISO_8859_1).equals(text);
    } catch (IOException e) {
      throw LatticeLiftException.unreadable(file, "a readable file", e);
    }
  }
}
