package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/** What a lattice is made of where a file gives the initial state of another one. */
class StartCompositionTest {
  private static final int SIDE = 6;

  @TempDir private Path folder;
  private Path file;

  /** 432 sites: 8 vacancies, 108 Nb, 108 Mo, 208 Ta. */
  @BeforeEach
  void writeState() {
    byte[] codes = new byte[2 * SIDE * SIDE * SIDE];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (i % 54 == 0 ? 0 : i % 4 == 1 ? 1 : i % 4 == 3 ? 2 : 3);
    }
    file = folder.resolve("start.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/species",
          codes,
          new long[] {SIDE, SIDE, SIDE, 2},
          DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
    }
  }

  private AlloySystem system(String more) {
    String yaml =
        """
        conditions: {temperature_K: [1500]}
        lattice: {small: 6, large: 12, vacancy_concentration: 0.0185185, start: {file: %s}%s}
        barrier: {model: pairwise}
        """
            .formatted(file, more);
    return (AlloySystem) new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
  }

  private static AlloySystem without(String lattice) {
    String yaml =
        "{conditions: {temperature_K: [1500]}, barrier: {model: pairwise}, lattice: {small: 5,"
            + " vacancy_concentration: 0.004, "
            + lattice
            + "}}";
    return (AlloySystem) new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
  }

  /** Its order would be counted against nothing, and learned from nothing. */
  @Test
  void aSpeciesThatRoundsToNoAtomsIsRefused() {
    AlloySystem few = without("large: 10, composition: {Nb: 1, Mo: 1000, Ta: 1000}");
    assertFails(
        ExitCode.BAD_DATA,
        few.lifting()::checkLifting,
        "no atom of Nb among the 249 of the small lattice",
        "lattice.composition, lattice.small",
        "Enlarge lattice.small",
        "lattice.species");
    few.checkRuns(few.large()); // nothing is learned from a run by itself
    without("large: 10, composition: {Nb: 1, Mo: 100, Ta: 100}").lifting().checkLifting();
    assertThat(few.remarks(true, true)).isEmpty();
  }

  @Test
  void aSpeciesOfZeroPartsIsToldToBeLeftOut() {
    for (String parts : new String[] {"{Nb: 0, Mo: 1, Ta: 2}", "{Mo: 1, Ta: 2}"}) {
      AlloySystem none = without("large: 10, composition: " + parts);
      none.lifting().checkLifting();
      assertThat(none.remarks(true, true))
          .singleElement()
          .asString()
          .contains("no atoms of Nb", "lattice.species");
    }
    assertThat(without("large: 10").remarks(true, true)).isEmpty();
  }

  /** The larger lattice has the composition of the smaller, and not equal parts. */
  @Test
  void largerLatticesFollowTheFile() {
    AlloyLattices lattices = system("").setup().lattices();
    long[] small = lattices.counts(2L * SIDE * SIDE * SIDE);
    long[] large = lattices.counts(16L * SIDE * SIDE * SIDE);
    assertThat(small).containsExactly(8, 108, 108, 208);
    for (int code = 0; code < small.length; code++) {
      assertThat(large[code]).isEqualTo(8 * small[code]);
    }
  }

  @Test
  void aCompositionOfItsOwnMayDifferByTheVacancies() {
    assertThat(
            system(", composition: {Nb: 102, Mo: 108, Ta: 214}").setup().lattices().counts(3456)[1])
        .isEqualTo(816);
    assertFails(
        ExitCode.BAD_DATA,
        () -> system(", composition: {Nb: 1, Mo: 1, Ta: 1}"),
        "lattice.composition",
        "Nb 108, Mo 108, Ta 208",
        file.toString());
  }
}
