package org.latticelift.io.atoms;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Files of atoms of any format that is read here; the name of the file decides. */
public final class AtomFiles {
  private AtomFiles() {}

  /**
   * Reads one structure strictly: {@code .xyz} and {@code .extxyz} are extended XYZ; {@code .vasp},
   * {@code .poscar}, {@code POSCAR...} and {@code CONTCAR...} POSCAR; {@code .cif} CIF; {@code
   * .data}, {@code .lmp} and {@code .lammps-data} LAMMPS data; all others LAMMPS dumps.
   *
   * @param file the file
   * @param species names of code 1, 2, ...; others are refused, but for {@code X}, an empty site
   *     with code 0. Empty: those of the file
   * @return the atoms; without names of species where the file has none
   */
  public static AtomFrame read(Path file, List<String> species) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(ext)?xyz")) {
      return ExtendedXyz.read(file, species);
    }
    if (name.matches(".*\\.(vasp|poscar)|(pos|cont)car.*")) {
      return Poscar.read(file, species);
    }
    if (name.endsWith(".cif")) {
      return Cif.read(file, species);
    }
    if (name.matches(".*\\.(data|lmp|lammps-data)")) {
      return LammpsData.read(file, species);
    }
    return LammpsDump.read(file, species);
  }
}
