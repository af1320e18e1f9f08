package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;

/** Both forms of the file give the bits of the model, for species in any order. */
class LinearModelFileTest {
  private static final List<String> SPECIES = List.of("Ag", "Cu", "Ni");

  @TempDir private Path folder;

  private static LinearModelFile model() {
    LinearTerms terms =
        new LinearTerms(
            List.of(0.5, 0.6 + 1e-16, 0.7),
            List.of(
                List.of(
                    List.of(0.0, 0.1 / 3, -0.02),
                    List.of(0.1 / 3, 0.0, 0.05),
                    List.of(-0.02, 0.05, 0.0))),
            Optional.of(List.of(List.of(0.01, 0.02, -0.03))),
            Optional.of(
                List.of(
                    List.of(
                        List.of(0.01, -0.02, 0.01),
                        List.of(0.03, 0.0, -0.03),
                        List.of(0.02, 0.0, -0.02)))),
            0.02,
            SPECIES);
    TableError error =
        new TableError(
            "table.h5",
            300,
            0.02,
            0.018,
            0.022,
            Optional.of(0.02),
            Optional.of(0.0),
            Optional.of(0.0),
            Optional.of(0.009));
    return new LinearModelFile(
        KnownCrystal.FCC, List.of(1e13, 2e13, 3e13), terms, Optional.of(error));
  }

  private Path hdf5() {
    Path file = folder.resolve("linear.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      model().write(writer, "");
    }
    return file;
  }

  private Path yaml() throws IOException {
    return Files.writeString(folder.resolve("linear.yaml"), model().toYaml());
  }

  @Test
  void roundTrips() throws IOException {
    assertThat(LinearModelFile.read(hdf5())).isEqualTo(model());
    assertThat(LinearModelFile.read(yaml())).isEqualTo(model());
  }

  private static BarrierModel configured(Path file, Crystal crystal, List<String> species) {
    return BarrierModels.fromConfig(
        ConfigNode.parse("{model: linear, weights: " + file + "}", "t.yaml"), crystal, species);
  }

  @Test
  void speciesInAnyOrder() throws IOException {
    byte[] codes = RandomWeights.environments(new Random(3), Crystal.fcc(), 3, 1);
    byte[] recoded = codes.clone();
    List<String> other = List.of("Ni", "Ag", "Cu");
    for (int i = 0; i < codes.length; i++) {
      recoded[i] = (byte) (codes[i] == 0 ? 0 : other.indexOf(SPECIES.get(codes[i] - 1)) + 1);
    }
    float[] expected = barriers(configured(hdf5(), Crystal.fcc(), SPECIES), codes);
    BarrierModel reordered = configured(yaml(), Crystal.fcc(), other);
    assertThat(barriers(reordered, recoded)).isEqualTo(expected);
    assertThat(reordered.attemptFrequency(1)).isEqualTo(3e13);
  }

  private static float[] barriers(BarrierModel model, byte[] codes) {
    float[] barriers = new float[model.crystal().hopCount()];
    model.newKernel().barriers(codes, 0, 0, barriers, 0);
    return barriers;
  }

  /** What a verdict must not stand without travels with the barriers, from either form. */
  @Test
  void statesTheErrorOfItsTable() throws IOException {
    for (Path file : List.of(hdf5(), yaml())) {
      BarrierModel model = configured(file, Crystal.fcc(), SPECIES);
      assertThat(model.tableError()).isEqualTo(model().error());
      assertThat(model.tableError().orElseThrow().shared(model.name()))
          .contains("model linear", "0.0200 eV r.m.s.", "300 barriers of table.h5");
    }
  }

  @Test
  void refusesOtherCrystalsAndSpecies() {
    Path file = hdf5();
    assertFails(ExitCode.BAD_DATA, () -> configured(file, Crystal.bcc(), SPECIES), "fcc", "bcc");
    assertFails(
        ExitCode.BAD_DATA, () -> configured(file, Crystal.fcc(), List.of("Ag", "Au")), "'Au'");
  }
}
