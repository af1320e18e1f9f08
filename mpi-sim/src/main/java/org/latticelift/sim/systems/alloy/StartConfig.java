package org.latticelift.sim.systems.alloy;

import java.util.List;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.config.Range;

/**
 * An initial state from a file.
 *
 * @param file atoms (LAMMPS dump or data, extended XYZ, POSCAR, CIF), HDF5 with {@code species}, or
 *     effective Hamiltonians that states of any size are sampled from
 * @param group condition group of an HDF5 file; empty where it holds one state only
 * @param index snapshot of an HDF5 dataset, or stage of a Hamiltonian; -1 for the last
 * @param vacancyAt half-grid coordinates of sites that become vacancies, three numbers each (AL-06)
 * @param tolerance how far atoms may be from the site they are snapped to, cells along each axis
 * @param maxVacancies largest share of sites that the file leaves empty
 */
public record StartConfig(
    @Doc("dump, data, xyz, POSCAR, cif or h5 file; of hamiltonian.h5 states are sampled")
        InputFile file,
    @Default("''") @Doc("group of an HDF5 file, such as T2000; needed where it holds several")
        String group,
    @Default("-1") @Doc("snapshot of an HDF5 file or stage of hamiltonian.h5, -1 the last")
        int index,
    @Default("[]") @Doc("sites that become vacancies, e.g. [[0, 0, 0]]")
        List<List<Integer>> vacancyAt,
    @Default("0.05")
        @Range(min = 1e-6, max = 0.2)
        @Doc("how far atoms of a file may be from their sites, cells along each axis")
        double tolerance,
    @Default("0.1")
        @Range(min = 0, max = 1)
        @Doc("largest share of empty sites in the file; more are hardly ever meant")
        double maxVacancies) {
  /** As usual: 0.05 cells. */
  static final double TOLERANCE = 0.05;

  /**
   * A start with the usual tolerance and share of empty sites.
   *
   * @param file as above
   * @param group as above
   * @param index as above
   * @param vacancyAt as above
   */
  public StartConfig(InputFile file, String group, int index, List<List<Integer>> vacancyAt) {
    this(file, group, index, vacancyAt, EmptySites.USUAL);
  }

  /**
   * A start with the usual tolerance.
   *
   * @param file as above
   * @param group as above
   * @param index as above
   * @param vacancyAt as above
   * @param maxVacancies as above
   */
  public StartConfig(
      InputFile file, String group, int index, List<List<Integer>> vacancyAt, double maxVacancies) {
    this(file, group, index, vacancyAt, TOLERANCE, maxVacancies);
  }
}
