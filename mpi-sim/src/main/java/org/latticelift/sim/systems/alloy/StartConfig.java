package org.latticelift.sim.systems.alloy;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;

/**
 * An initial state from a file.
 *
 * @param file LAMMPS dump, extended XYZ, or HDF5 with {@code species}
 * @param group condition group of an HDF5 file; empty where it holds one state only
 * @param index snapshot of an HDF5 dataset; -1 for the last
 * @param vacancyAt half-grid coordinates of sites that become vacancies, three numbers each (AL-06)
 */
public record StartConfig(
    @Doc("dump, xyz or h5 file") InputFile file,
    @Default("''") @Doc("group of an HDF5 file, such as T2000; needed where it holds several")
        String group,
    @Default("-1") @Doc("snapshot of an HDF5 file, -1 the last") int index,
    @Default("[]") @Doc("sites that become vacancies, e.g. [[0, 0, 0]]")
        List<List<Integer>> vacancyAt) {}
