package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * Pairs of a seed, bit for bit, over changes of the program: whatever makes them faster must leave
 * these checksums alone. The analytic barriers depend on no file of weights.
 */
class PairChecksumTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1800]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004, observables: [pair]}
      barrier: {model: pairwise, cache_mib: 1}
      simulate: {runs: 3, records: 10}
      upsample: {keep: sample, keep_samples: 2}
      evolve: {samples: 20, shard_samples: 7, duration: auto}
      """;

  /** About 3000 jumps; a length in time, as the pilot that finds one may become better. */
  private static final String BY_TIME = "simulate: {duration: {time_s: 3.4e-6}}";

  private static final String BY_EVENTS = "simulate: {duration: {events: 3000}}";

  /** One patch of a state from one pool of snapshots, as the paper has it (ME-12). */
  private static final ConfigNode ONE_PATCH =
      ConfigNode.parse("upsample: " + LiftConfig.AUTHORS_UPSAMPLE, "one patch")
          .over(ConfigNode.parse("evolve: " + LiftConfig.AUTHORS_EVOLVE, "one patch"));

  @TempDir Path folder;

  /** The authors' preset (AL-60...AL-75) without its keys for networks. */
  private static final String AUTHORS =
      """
      simulate: {sampling: events}
      lattice: {observables: [{pair: {reference: equimolar}}], measure: tile_mean}
      upsample: {hierarchy: direct, tiles: independent, window: 10, vacancies: tile_centres}
      relax: {windows: shifted, environment: periodic, duration: {events: 7}}
      evolve: {environment: periodic, duration: {events: 124}, clock: mean, patch_observable: own}
      """;

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments("default", "{}", "a8b12b75"),
        arguments("authors", AUTHORS, "8bc57a29"),
        arguments("ghost", "evolve: {environment: ghost}", "a7040a34"),
        arguments("buffer", "evolve: {environment: buffer, buffer_cells: 1}", "b7b61046"),
        arguments("periodic", "evolve: {environment: periodic, duration: {events: 9}}", "1d2c6968"),
        arguments("independent tiles", "upsample: {tiles: independent}", "807d68c7"),
        arguments("two levels", "lattice: {large: 20}", "c36749f8"),
        arguments(
            "unequal axes",
            "lattice: {small: [5, 6, 7], large: [10, 12, 14], vacancy_concentration: 0.0024}",
            "21a9653e"),
        arguments("fcc", "lattice: {crystal: fcc, species: [A, B, C, D]}", "9bdb004a"),
        arguments(
            "observables", "lattice: {observables: [pair, {pair: {shell: 2}}, b2]}", "21e296bd"),
        arguments("no windows", "relax: {windows: none}", "1f20b88c"),
        arguments(
            "no windows, independent",
            "{relax: {windows: none}, upsample: {tiles: independent}, lattice: {large: 40}}",
            "68ea9288"),
        arguments(
            "no windows, other composition, several vacancies in a tile",
            """
            relax: {windows: none}
            lattice:
              large: 20
              vacancy_concentration: 0.012
              composition: {Nb: 0.137, Mo: 0.52, Ta: 0.343}
              observables: [pair, {pair: {shell: 4}}, b2]
            evolve: {environment: buffer, buffer_cells: 2, duration: {mean_events: 500}}
            """,
            "458191f1"),
        arguments(
            "no windows, independent, other composition",
            """
            relax: {windows: none}
            upsample: {tiles: independent}
            lattice:
              large: 20
              vacancy_concentration: 0.012
              composition: {Nb: 0.137, Mo: 0.52, Ta: 0.343}
            evolve: {environment: ghost}
            """,
            "62309d74"),
        arguments(
            "no windows, far walks in a large lattice",
            """
            relax: {windows: none}
            lattice: {large: 80}
            evolve: {duration: {mean_events: 3000}}
            """,
            "9727ce8c"),
        arguments(
            "no windows, periodic",
            "{relax: {windows: none}, evolve: {environment: periodic, duration: {events: 99}}}",
            "200eae3e"),
        arguments("small is large", "{relax: {windows: none}, lattice: {large: 5}}", "6386bdd0"));
  }

  /** One of each kind. */
  private static final Set<String> FEW = Set.of("default");

  static Stream<Arguments> few() {
    return cases().filter(it -> FEW.contains(it.get()[0]));
  }

  static Stream<Arguments> others() {
    return cases().filter(it -> !FEW.contains(it.get()[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("few")
  void pairsOfAFewStayTheSame(String name, String change, String checksum) {
    requireSame(name, change, checksum);
  }

  @Tag("pipeline")
  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void pairsStayTheSame(String name, String change, String checksum) {
    requireSame(name, change, checksum);
  }

  private void requireSame(String name, String change, String checksum) {
    ConfigNode config =
        ConfigNode.parse(change, name)
            .over(ConfigNode.parse(change.equals(AUTHORS) ? BY_EVENTS : BY_TIME, "runs"))
            .over(ConfigNode.parse(CONFIG, "base"))
            .over(ONE_PATCH);
    Path out = TinyLift.run(folder.resolve("out"), config, 2);
    CRC32 crc = new CRC32();
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"))) {
      for (String dataset : List.of("/z0", "/z1", "/dt", "/blocked")) {
        update(crc, DoubleStream.of(pairs.doubles(dataset)).mapToLong(Double::doubleToLongBits));
      }
      update(crc, LongStream.of(pairs.longs("/patch")));
      update(crc, IntStream.of(pairs.ints("/events")).asLongStream());
    }
    try (Hdf5Reader large = Hdf5Reader.open(out.resolve("large.h5"))) {
      crc.update(large.bytes("/T1800/species"));
    }
    assertThat(Long.toHexString(crc.getValue())).isEqualTo(checksum);
  }

  private static void update(CRC32 crc, LongStream values) {
    values.forEach(value -> crc.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array()));
  }
}
