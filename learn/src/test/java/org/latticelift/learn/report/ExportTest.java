package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.testing.ChildJava;
import org.latticelift.learn.evaluate.FakeRun;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.vacancy.crystal.Crystal;

final class ExportTest {
  private static final int CELLS = 5;
  private static final int SITES = 2 * CELLS * CELLS * CELLS;

  @TempDir private Path folder;

  @Test
  void trajectoriesAndEnsemblesBecomeTables() throws IOException {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), true)) {
      Path csv = folder.resolve("t.csv");
      Export.write(directory.file("trajectory.h5"), Export.Format.CSV, choice(null, 0), csv, false);
      List<String> lines = Files.readAllLines(csv);
      assertThat(lines.get(0))
          .isEqualTo("condition,run,time[s],jumps,NbNb,NbMo,NbTa,MoMo,MoTa,TaTa");
      assertThat(lines).hasSize(1 + 4 * 3 * 201);
      assertThat(lines.get(1)).startsWith("T1000,0,0.0,0,");
      assertThat(lines.get(2).split(",")).hasSize(10);
      assertFails(
          () ->
              Export.write(
                  directory.file("ensemble.h5"), Export.Format.CSV, choice(null, 0), csv, false),
          "--overwrite");
      assertThat(Files.readAllLines(csv)).isEqualTo(lines);
      Export.write(directory.file("ensemble.h5"), Export.Format.CSV, choice(null, 0), csv, true);
      lines = Files.readAllLines(csv);
      assertThat(lines.get(0))
          .startsWith("condition,time[s],NbNb_mean,")
          .endsWith(",TaTa_half_width");
      assertThat(lines).hasSize(1 + 4 * 401);
      assertFails(
          () ->
              Export.write(
                  directory.file("pairs.h5"), Export.Format.CSV, choice(null, 0), csv, true),
          "trajectory.h5 or ensemble.h5");
      assertThat(Files.list(folder)).noneMatch(file -> file.toString().endsWith(".partial"));
    }
  }

  @Test
  void statesBecomeAtomsAtTheirPositions() {
    Path states = states();
    Path dump = folder.resolve("s.dump");
    Export.write(states, Export.Format.LAMMPS, choice("T2000", 1), dump, false);
    AtomFrame frame = LammpsDump.read(dump);
    assertThat(frame.atoms()).isEqualTo(SITES - 1);
    assertThat(frame.timestep()).isEqualTo(700);
    assertThat(frame.speciesNames()).containsExactly("Nb", "Mo", "Ta");
    assertThat(frame.cell()[0]).isCloseTo(CELLS * 3.24, within(1e-12));
    // site 0 is the vacancy: the first atom is the centre of the first cell
    assertThat(frame.position()[0]).isCloseTo(1.62, within(1e-12));
    assertThat(frame.position()[2]).isCloseTo(1.62, within(1e-12));
    // the second is the corner of the cell beside it along z
    assertThat(frame.position()[3]).isZero();
    assertThat(frame.position()[5]).isCloseTo(3.24, within(1e-12));
    Path xyz = folder.resolve("s.xyz");
    Export.write(states, Export.Format.XYZ, choice(null, -1), xyz, false);
    assertThat(ExtendedXyz.read(xyz).type()).isEqualTo(frame.type());
  }

  /** Forty million sites pass through 24 MiB: neither codes nor positions are held. */
  @Test
  void aLargeStateIsNotHeld() throws Exception {
    int cells = 270;
    Path file = folder.resolve("final.h5");
    byte[] plane = new byte[2 * cells * cells];
    Arrays.fill(plane, (byte) 0);
    plane[7] = 2;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", new String[] {"Nb", "Mo", "Ta"});
      ConditionGroup.write(writer, Condition.of("temperature_K", 2000));
      writer.group("/T2000/run0");
      writer.reserve(
          "/T2000/run0/species",
          ElementType.UINT8,
          new long[] {cells, cells, cells, 2},
          DatasetInfo.of("1", "species", "x", "y", "z", "basis").asUnsigned());
    }
    try (SlabDataset slab = SlabDataset.open(file, "/T2000/run0/species")) {
      for (int x = 0; x < cells; x++) {
        slab.write((long) x * plane.length, plane, 0, plane.length);
      }
    }
    Path dump = folder.resolve("large.dump");
    Process process =
        new ProcessBuilder(
                ChildJava.command(
                    List.of("-Xmx24m"), Exporter.class, file.toString(), dump.toString()))
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    AtomFrame frame = LammpsDump.read(dump);
    assertThat(frame.atoms()).isEqualTo(cells);
    assertThat(frame.position()[3 * 269]).isCloseTo(269.5 * 3.24, within(1e-9));
    assertThat(frame.position()[3 * 269 + 2]).isCloseTo(3.5 * 3.24, within(1e-9));
  }

  /** What the test of large states runs in a small heap. */
  static final class Exporter {
    private Exporter() {}

    /** Exports to a dump. */
    public static void main(String[] args) {
      Path file = Path.of(args[0]);
      Export.write(file, Export.Format.LAMMPS, choice(null, -1), Path.of(args[1]), false);
    }
  }

  @Test
  void aStateThatIsMostlyEmptyIsRefused() {
    Path states = states();
    Path out = folder.resolve("s.xyz");
    Export.StateChoice none =
        new Export.StateChoice(Crystal.bcc(), null, OptionalLong.of(0), false, 0, false);
    assertFails(
        () -> Export.write(states, Export.Format.XYZ, none, out, false),
        "1 of " + SITES + " sites are empty",
        "T2000/species, state 0");
    Export.StateChoice some =
        new Export.StateChoice(Crystal.bcc(), null, OptionalLong.empty(), true, 1.0 / SITES, false);
    Export.write(states, Export.Format.XYZ, some, out, false);
    assertThat(out).exists();
  }

  @Test
  void whatDoesNotExistIsTold() {
    Path states = states();
    Path out = folder.resolve("s.xyz");
    assertFails(
        () -> Export.write(states, Export.Format.XYZ, choice(null, 2), out, false), "0 to 1");
    assertFails(() -> Export.write(states, Export.Format.XYZ, choice("T9", 0), out, false));
    assertFails(
        () ->
            Export.write(
                states,
                Export.Format.XYZ,
                new Export.StateChoice(Crystal.fcc(), null, 0),
                out,
                false),
        "4");
    assertFails(
        () ->
            Export.write(
                states, Export.Format.XYZ, choice(null, 0), states.resolve("such.xyz"), false));
    assertThat(out).doesNotExist();
  }

  /** Time begins anew in every run. */
  @Test
  void everyRunHasAFileOfItsOwn() throws Exception {
    Path states = folder.resolve("runs.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(states)) {
      states(writer, 4);
      writer.dataset(
          "/T2000/run",
          new int[] {0, 0, 3, 3},
          new long[] {4},
          DatasetInfo.of("1", "run", "snapshot"));
      writer.dataset(
          "/T2000/time",
          new double[] {0, 5, 0, 7},
          new long[] {4},
          DatasetInfo.of("s", "time", "snapshot"));
    }
    Export.StateChoice all =
        new Export.StateChoice(Crystal.bcc(), null, OptionalLong.empty(), false, 0.1, false);
    Path out = folder.resolve("movie.first.xyz");
    List<Path> written = Export.write(states, Export.Format.XYZ, all, out, false);
    assertThat(written)
        .containsExactly(
            folder.resolve("movie.first.run0.xyz"), folder.resolve("movie.first.run3.xyz"));
    assertThat(Files.readString(written.get(0))).contains("time=5.0").doesNotContain("time=7.0");
    assertThat(Files.readString(written.get(1))).contains("time=0.0", "time=7.0");
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> Export.write(states, Export.Format.XYZ, all, out, false))
        .hasMessageContaining("the file exists");
    assertThat(Export.write(states, Export.Format.XYZ, choice(null, 2), out, false))
        .containsExactly(out);
  }

  /** Of a perfect B2 crystal with a vacancy: like atoms 1, unlike ones -1, whatever is missing. */
  @Test
  void everyAtomHasItsOwnOrder() throws Exception {
    Path states = folder.resolve("b2.h5");
    int n = 4;
    byte[] species = new byte[2 * n * n * n];
    for (int i = 0; i < species.length; i++) {
      species[i] = (byte) (i == 5 ? 0 : 1 + i % 2);
    }
    try (Hdf5Writer writer = Hdf5Writer.create(states)) {
      writer.attribute("/", "species_names", new String[] {"Mo", "Ta"});
      ConditionGroup.write(writer, Condition.of("temperature_K", 2000));
      writer.dataset(
          "/T2000/species",
          species,
          new long[] {1, n, n, n, 2},
          DatasetInfo.of("1", "code", "snapshot", "x", "y", "z", "basis").asUnsigned());
    }
    Export.StateChoice order =
        new Export.StateChoice(Crystal.bcc(), null, OptionalLong.of(0), false, 0.1, true);
    Path xyz = folder.resolve("b2.xyz");
    Export.write(states, Export.Format.XYZ, order, xyz, false);
    List<String> lines = Files.readAllLines(xyz);
    assertThat(lines.get(1))
        .contains("pos:R:3:warren_cowley_Mo:R:1:warren_cowley_Ta:R:1 ")
        .contains("pbc=");
    double mo = 64 / 127.0;
    for (String line : lines.subList(2, lines.size())) {
      String[] words = line.split(" ");
      boolean isMo = words[0].equals("Mo");
      assertThat(Double.parseDouble(words[4])).isCloseTo(isMo ? 1 : 1 - 1 / mo, within(1e-12));
      assertThat(Double.parseDouble(words[5]))
          .isCloseTo(isMo ? 1 - 1 / (1 - mo) : 1, within(1e-12));
    }
    assertThat(ExtendedXyz.read(xyz).atoms()).isEqualTo(127);
    Path vtk = folder.resolve("b2.vtkhdf");
    Export.write(states, Export.Format.VTKHDF, order, vtk, false);
    try (Hdf5Reader reader = Hdf5Reader.open(vtk)) {
      double[] like = reader.doubles("/VTKHDF/PointData/warren_cowley_Mo");
      assertThat(like).hasSize(127);
      assertThat(like[0]).isEqualTo(1);
      assertThat(like[1]).isCloseTo(1 - 1 / mo, within(1e-12));
    }
    assertThatThrownBy(
            () -> Export.write(states, Export.Format.CIF, order, folder.resolve("b2.cif"), false))
        .hasMessageContaining("--order");
  }

  @Test
  void theLatticeConstantOfTheFileIsThatOfItsStates() {
    Path states = folder.resolve("own.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(states)) {
      states(writer, 1);
      writer.attribute("/", "lattice_constant_A", new String[] {"3.23"});
    }
    Path dump = folder.resolve("own.dump");
    Export.write(states, Export.Format.LAMMPS, choice(null, 0), dump, false);
    AtomFrame frame = LammpsDump.read(dump);
    assertThat(frame.cell()[0]).isCloseTo(CELLS * 3.23, within(1e-12));
    assertThat(frame.position()[0]).isCloseTo(1.615, within(1e-12));
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("bad.h5"))) {
      states(writer, 1);
      writer.attribute("/", "lattice_constant_A", new String[] {"wide"});
    }
    assertThatThrownBy(
            () ->
                Export.write(
                    folder.resolve("bad.h5"), Export.Format.XYZ, choice(null, 0), dump, true))
        .hasMessageContaining("[wide] is no lattice constant");
  }

  private static Export.StateChoice choice(String condition, long index) {
    return new Export.StateChoice(Crystal.bcc(), condition, index);
  }

  private Path states() {
    Path file = folder.resolve("snapshots.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      states(writer, 2);
      writer.dataset(
          "/T2000/jumps",
          new long[] {0, 700},
          new long[] {2},
          DatasetInfo.of("1", "jumps", "snapshot"));
    }
    return file;
  }

  private static void states(Hdf5Writer writer, int count) {
    byte[] species = new byte[count * SITES];
    for (int i = 0; i < species.length; i++) {
      species[i] = (byte) (i % SITES == 0 ? 0 : 1 + i % 3);
    }
    writer.attribute("/", "species_names", new String[] {"Nb", "Mo", "Ta"});
    ConditionGroup.write(writer, Condition.of("temperature_K", 2000));
    writer.dataset(
        "/T2000/species",
        species,
        new long[] {count, CELLS, CELLS, CELLS, 2},
        DatasetInfo.of("1", "species", "snapshot", "x", "y", "z", "basis").asUnsigned());
  }
}
