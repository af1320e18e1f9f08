package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Progression;

/** The order in which species are listed numbers them; it changes nothing of the physics. */
class SpeciesOrderTest {
  private static final int SIDE = 6;
  private static final List<String> STORED = List.of("Nb", "Mo", "Ta");

  @TempDir private Path folder;
  private int starts;

  /** What a run from one and the same state comes to. */
  private record End(double seconds, List<String> names, double[] order) {
    double of(String first, String second) {
      return order[
          names.contains(first + second)
              ? names.indexOf(first + second)
              : names.indexOf(second + first)];
    }
  }

  /** An unequal composition with two vacancies, in the codes of {@link #STORED}. */
  private Path start(int species) {
    Random random = new Random(8);
    byte[] codes = new byte[2 * SIDE * SIDE * SIDE];
    for (int i = 0; i < codes.length; i++) {
      int draw = random.nextInt(6);
      codes[i] = (byte) (draw < 3 ? 1 : draw < 5 || species < 3 ? 2 : 3);
    }
    codes[5] = 0;
    codes[300] = 0;
    Path file = folder.resolve("start" + starts++ + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", STORED.toArray(new String[0]));
      writer.dataset(
          "/species",
          codes,
          new long[] {SIDE, SIDE, SIDE, 2},
          DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
    }
    return file;
  }

  private static AlloySystem system(String species, String barrier, String lattice) {
    String yaml =
        """
        system: alloy
        conditions: {temperature_K: [1500]}
        lattice: {small: 6, large: 6, species: %s%s}
        barrier: {%s}
        """
            .formatted(species, lattice, barrier);
    return (AlloySystem) new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
  }

  private End run(String species, String barrier, int stored) {
    AlloySystem system = system(species, barrier, ", start: {file: " + start(stored) + "}");
    Dynamics<AlloyState> dynamics = system.dynamics(system.conditions().get(0), 0);
    AlloyState state = dynamics.initial(system.large(), new Streams(1).stream(Purpose.CHECK));
    Progression made =
        dynamics.advance(state, Duration.events(2000), new Streams(4).stream(Purpose.CHECK));
    return new End(made.time(), system.macroscopics().names(), dynamics.observe(state));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model: small; [Mo, Nb, Ta]",
        "model: compact; [Ta, Nb, Mo]",
        "model: pairwise; [Mo, Nb, Ta]",
        "model: pairwise; [Ta, Mo, Nb]",
      })
  void otherOrdersOfTheSameSpecies(String barrier, String species) {
    End usual = run("[Nb, Mo, Ta]", barrier, 3);
    End other = run(species, barrier, 3);
    assertThat(other.seconds()).isEqualTo(usual.seconds());
    for (String same : STORED) {
      assertThat(other.of(same, same)).isEqualTo(usual.of(same, same));
    }
    assertThat(other.names()).isNotEqualTo(usual.names());
  }

  /** Two of the species of a network are these two, not its first two. */
  @ParameterizedTest
  @ValueSource(strings = {"model: small", "model: pairwise"})
  void someOfTheSpecies(String barrier) {
    End usual = run("[Nb, Mo, Ta]", barrier, 2);
    End two = run("[Mo, Nb]", barrier, 2);
    assertThat(two.seconds()).isEqualTo(usual.seconds());
    assertThat(two.of("Nb", "Nb")).isEqualTo(usual.of("Nb", "Nb"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model: small; [W, Re, Os]; 'W'",
        "model: compact; [Nb, Mo, W]; 'W'",
        "model: pairwise; [Nb, V]; 'V'",
        "model: small; [Nb, Mo, Ta, W]; 'W'",
      })
  void otherElementsAreRefused(String barrier, String species, String told) {
    assertFails(
        ExitCode.BAD_DATA, () -> system(species, barrier, ""), told, "Nb, Mo, Ta", "species");
  }

  /** Numbers of a configuration stand in the order of its species, unless it names others. */
  @Test
  void numbersOfOnesOwn() {
    String numbers =
        "model: pairwise, pairwise: {activation: [0.9, 1.1], shells: [[[0, 0.1], [0.1, 0.05]]]";
    End named = run("[Mo, Nb]", numbers + ", species: [Nb, Mo]}", 2);
    End ordered = run("[Nb, Mo]", numbers + "}", 2);
    assertThat(named.seconds()).isEqualTo(ordered.seconds());
    assertThat(run("[Mo, Nb]", numbers + "}", 2).seconds()).isNotEqualTo(ordered.seconds());
    assertFails(
        ExitCode.BAD_DATA,
        () -> system("[Nb, Mo]", numbers + ", species: [Nb, V]}", ""),
        "'Mo'",
        "Nb, V");
    assertFails(
        ExitCode.BAD_DATA, () -> system("[Nb, Mo]", numbers + ", species: [Nb]}", ""), "(species)");
    assertThat(Arrays.stream(ordered.order()).allMatch(Double::isFinite)).isTrue();
  }
}
