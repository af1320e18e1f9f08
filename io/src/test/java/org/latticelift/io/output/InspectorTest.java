package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.testing.SharedData;

class InspectorTest {
  @TempDir Path folder;

  @Test
  void snapshotsFitOnOneScreen() {
    Path file = folder.resolve("snapshots.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", new String[] {"Nb", "Mo", "Ta"});
      for (int t = 0; t < 30; t++) {
        String group = "/T" + (1000 + t);
        DatasetInfo info = DatasetInfo.of("1", "species", "snapshot", "site").asUnsigned();
        writer.dataset(group + "/species", new byte[] {1, 2, 3, 0}, new long[] {2, 2}, info);
        DatasetInfo time = DatasetInfo.of("s", "physical time", "snapshot");
        writer.dataset(group + "/time", new double[] {1e-9, Double.NaN}, new long[] {2}, time);
        DatasetInfo jumps = DatasetInfo.of("1", "jumps", "snapshot");
        writer.dataset(group + "/jumps", new long[] {1L << 60, 1}, new long[] {2}, jumps);
      }
      writer.text("/architecture", "{\n}", DatasetInfo.of("1", "architecture"));
      Provenance.here("seed: 1\n", 1, 2).withInput("in.dump", "ab").writeTo(writer);
    }
    String text = Inspector.describe(file);
    assertThat(text)
        .contains("snapshots.h5: HDF5", "@species_names = Nb, Mo, Ta")
        .contains("uint8 [2, 2] (snapshot site)  species  [0 to 3, mean 1.5]")
        .contains("float64 [2] s (snapshot)  physical time  [1e-9 to 1e-9, mean 1e-9, 1 not")
        .contains("and 29 more groups", "provenance:", "seed=1", "input: ab  in.dump");
    assertThat(text.lines().count()).isLessThanOrEqualTo(40);
  }

  @Test
  void referenceFiles() {
    assertThat(Inspector.describe(SharedData.find("nnk-nbmota/weights.h5")))
        .contains("float32 [729, 128]", "@batchnorm_epsilon = 1.0E-5");
    assertThat(Inspector.describe(SharedData.find("barriers-public.h5")))
        .contains("int8 [60, 8, 8]", "not finite");
    assertThat(Inspector.describe(SharedData.find("initial-1024.dump")))
        .contains("LAMMPS dump, 1024 atoms", "type 1: 341 (33.301 %)");
  }

  @Test
  void atoms() {
    AtomFrame frame =
        new AtomFrame(
            AtomFrame.rectangular(1, 2, 3),
            new int[] {1, 2},
            new double[6],
            5,
            List.of("Nb", "Mo"));
    LammpsDump.write(folder.resolve("a.dump"), List.of(frame));
    ExtendedXyz.write(folder.resolve("a.xyz"), List.of(frame));
    for (String name : List.of("a.dump", "a.xyz")) {
      assertThat(Inspector.describe(folder.resolve(name)))
          .contains(name, "2 atoms, step 5", "[0.0, 0.0, 3.0]", "type 2 Mo: 1 (50.000 %)");
    }
  }

  @Test
  void atomsOfOtherPrograms() throws Exception {
    Path poscar = folder.resolve("POSCAR");
    Files.writeString(
        poscar, "two\n1.0\n1 0 0\n0 2 0\n0 0 3\nNb Mo\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n");
    assertThat(Inspector.describe(poscar))
        .contains("POSCAR: POSCAR, 2 atoms\n", "[0.0, 0.0, 3.0]", "Mo: 1 (50.000 %)");
    Path data = folder.resolve("a.lmp");
    Files.writeString(
        data,
        "two\n\n2 atoms\n2 atom types\n\n0 1 xlo xhi\n0 2 ylo yhi\n0 3 zlo zhi\n\nMasses\n\n"
            + "1 92.9 # Nb\n2 95.9 # Mo\n\nAtoms # atomic\n\n1 1 0 0 0\n2 2 0.5 1 1.5\n");
    assertThat(Inspector.describe(data))
        .contains("a.lmp: LAMMPS data, 2 atoms\n", "[0.0, 0.0, 3.0]", "Mo: 1 (50.000 %)");
  }

  @Test
  void sitesThatAFileLeavesEmptyAreCounted() throws Exception {
    Path poscar = folder.resolve("a.vasp");
    Files.writeString(poscar, "x\n1\n6 0 0\n0 3 0\n0 0 3\nNb\n1\nDirect\n0 0 0\n");
    assertThat(Inspector.inspect(poscar, Double.NaN).emptySites()).isEqualTo(new EmptySites(0, 1));
    EmptySites empty = Inspector.inspect(poscar, 13.5).emptySites();
    assertThat(empty).isEqualTo(new EmptySites(3, 4));
    assertFails(
        ExitCode.BAD_DATA,
        () -> empty.requireAtMost(0.1, "a.vasp"),
        "3 of 4 sites are empty (75 %)",
        "1.59 times as long");
    empty.requireAtMost(0.75, "a.vasp");
    Path xyz = folder.resolve("x.xyz");
    Files.writeString(xyz, "3\nLattice=\"3 0 0 0 3 0 0 0 3\"\nNb 0 0 0\nX 1 1 1\nX 2 2 2\n");
    EmptySites named = Inspector.inspect(xyz, 13.5).emptySites();
    assertThat(named).isEqualTo(new EmptySites(2, 3));
    new EmptySites(0, 0).requireAtMost(0, "an HDF5 file");
    assertFails(ExitCode.BAD_DATA, () -> new EmptySites(4, 4).requireAtMost(0.9, ""), "no atoms");
  }

  @Test
  void badFiles() throws Exception {
    Path absent = folder.resolve("no.h5");
    assertFails(ExitCode.MISSING_INPUT, () -> Inspector.describe(absent), "no.h5");
    Path other = Files.writeString(folder.resolve("a.csv"), "a,b\n1,2\n");
    assertFails(ExitCode.BAD_DATA, () -> Inspector.describe(other), "not an HDF5 file");
  }
}
