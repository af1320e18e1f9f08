package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Stages simulate and evolve on a tiny alloy. */
class LiftStageTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004, observables: [pair]}
      barrier: {model: pairwise, cache_mib: 1}
      simulate: {runs: 3, records: 10, duration: {events: 3000}}
      upsample: {keep: sample, keep_samples: 2}
      evolve: {samples: 30, shard_samples: 7, evolutions: 1, duration: auto}
      """;

  @TempDir Path folder;

  private Path run(String name, String config, int threads) {
    return TinyLift.run(folder.resolve(name), config, threads);
  }

  @Test
  void pairsFollowTheContract() {
    String config =
        CONFIG
            .replace("samples: 30", "samples: 200")
            .replace("small: 5", "composition: {Nb: 1, Mo: 2, Ta: 1}, small: 5");
    Path out = run("a", config, 1);
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"));
        Hdf5Reader large = Hdf5Reader.open(out.resolve("large.h5"));
        Hdf5Reader small = Hdf5Reader.open(out.resolve("snapshots.h5"))) {
      pairs.requireDims("/z0", 400, 6);
      assertThat(pairs.longAttribute("/", "patches")).isEqualTo(8);
      assertThat(pairs.doubles("/conditions/value")).containsExactly(1500, 2500);
      for (int condition = 0; condition < 2; condition++) {
        String group = condition == 0 ? "/T1500" : "/T2500";
        double[] z0 = rows(pairs, "/z0", condition, 6);
        large.requireDims(group + "/species", 2, 10, 10, 10, 2);
        BccCount[] counts = BccCount.of(large.bytes(group + "/species"), 10);
        for (int sample = 0; sample < 2; sample++) {
          assertThat(counts[sample].atoms()[0]).isEqualTo(8); // vacancies
          assertThat(Arrays.copyOfRange(z0, 6 * sample, 6 * sample + 6))
              .containsExactly(counts[sample].order(), within(1e-12));
        }
        requireIncrements(pairs, condition, counts[0].atoms());
        requireDurations(pairs, small, condition, group);
      }
    }
    assertThat(out.resolve("parts")).isEmptyDirectory();
  }

  private static double[] rows(Hdf5Reader pairs, String dataset, int condition, int width) {
    double[] all = pairs.doubles(dataset);
    return Arrays.copyOfRange(all, condition * 200 * width, (condition + 1) * 200 * width);
  }

  /** ME-17, and bonds of a patch are few: K over the atoms of a species times a whole number. */
  private static void requireIncrements(Hdf5Reader pairs, int condition, int[] atoms) {
    double[] z0 = rows(pairs, "/z0", condition, 6);
    double[] z1 = rows(pairs, "/z1", condition, 6);
    double[] before = rows(pairs, "/patch_z0", condition, 6);
    double[] after = rows(pairs, "/patch_z1", condition, 6);
    int odd = 0;
    for (int i = 0; i < z0.length; i++) {
      assertThat(z1[i] - z0[i]).isEqualTo(after[i] - before[i], within(1e-12));
      if (i % 6 == 1) { // NbMo
        double bonds = (z1[i] - z0[i]) * atoms[1] / 8;
        assertThat(bonds).isEqualTo(Math.rint(bonds), within(1e-9));
        odd += Math.rint(bonds) % 2 == 0 ? 0 : 1;
      }
    }
    assertThat(odd).isBetween(40, 160);
  }

  /**
   * The mean time of 125 jumps of the small system (DI-52), in which as many are made on average.
   */
  private static void requireDurations(
      Hdf5Reader pairs, Hdf5Reader small, int condition, String group) {
    double[] time = small.doubles(group + "/time");
    double[] jumps = small.doubles(group + "/jumps");
    double mean = (time[10] + time[21] + time[32]) / (jumps[10] + jumps[21] + jumps[32]);
    for (double dt : rows(pairs, "/dt", condition, 1)) {
      assertThat(dt).isCloseTo(125 * mean, withPercentage(1e-9));
    }
    double[] events = rows(pairs, "/events", condition, 1);
    double average = Arrays.stream(events).average().orElseThrow();
    double square = Arrays.stream(events).map(n -> (n - average) * (n - average)).sum();
    assertThat(average).isEqualTo(125, within(3 * Math.sqrt(square) / 200));
    assertThat(Math.sqrt(square) / 200).isLessThan(1.5);
  }

  /**
   * Tiles that evolve by themselves, of which eight stand for 64: of each state the mean over the
   * eight is observed, and pairs last as asked for.
   */
  @Test
  void fewTilesStandForManyThatEvolveByThemselves() {
    String config =
        CONFIG
                .replace("large: 10", "large: 20")
                .replace(
                    "keep: sample, keep_samples: 2",
                    "keep: sample, keep_samples: 1, tiles: independent")
                .replace(
                    "duration: auto",
                    "duration: {relaxations: 0.5}, environment: periodic, closed_patch: tile")
            + "relax: {windows: none}\n";
    Path out = run("tiles", config, 2);
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"));
        Hdf5Reader large = Hdf5Reader.open(out.resolve("large.h5"))) {
      assertThat(pairs.longAttribute("/", "patches")).isEqualTo(64);
      byte[] species = large.bytes("/T1500/species");
      double[] mean = new double[6];
      for (int x = 0; x < 20; x += 5) {
        for (int y = 0; y < 20; y += 5) {
          for (int z = 0; z < 20; z += 5) {
            double[] tile = BccCount.of(cut(species, 20, x, y, z, 5), 5)[0].order();
            for (int i = 0; i < 6; i++) {
              mean[i] += tile[i] / 64;
            }
          }
        }
      }
      assertThat(Arrays.copyOf(pairs.doubles("/z0"), 6)).containsExactly(mean, within(1e-12));
      assertThat(distinct(species)).isEqualTo(8);
      double[] dt = pairs.doubles("/dt");
      double[] durations = pairs.doubles("/conditions/duration");
      assertThat(dt[0]).isCloseTo(durations[0], withPercentage(1e-9));
    }
  }

  /** Of one run a pair is what the run was and what it became so many records later. */
  @Test
  void tilesGoOnAsTheirRunDid() {
    String config =
        CONFIG
                .replace("runs: 3, records: 10", "runs: 1, records: 40")
                .replace("keep_samples: 2", "keep_samples: 2, tiles: independent")
                .replace(
                    "duration: auto",
                    "duration: {mean_events: 310}, environment: periodic, closed_patch: run")
            + "relax: {windows: none}\n";
    Path out = run("run", config, 2);
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"));
        Hdf5Reader small = Hdf5Reader.open(out.resolve("snapshots.h5"))) {
      double[] z0 = pairs.doubles("/z0");
      double[] z1 = pairs.doubles("/z1");
      int[] record = pairs.ints("/source_record");
      double[] run = small.doubles("/T1500/observables");
      double[] time = small.doubles("/T1500/time");
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < 30; i++) {
        seen.add(record[i]);
        int steps = (int) Math.rint(pairs.doubles("/dt")[i] / time[1]);
        // 310 events are four times 75, but a young run is looked at for a quarter of its age
        assertThat(steps).isBetween(Math.min(4, Math.max(1, record[i] / 4)), 4);
        assertThat(steps).isLessThanOrEqualTo(Math.max(1, (record[i] + 1) / 4));
        for (int c = 0; c < 6; c++) {
          assertThat(z0[6 * i + c]).isEqualTo(run[6 * record[i] + c], within(1e-12));
          double change = run[6 * (record[i] + steps) + c] - run[6 * record[i] + c];
          assertThat(z1[6 * i + c] - z0[6 * i + c]).isEqualTo(change, within(1e-12));
        }
        assertThat(pairs.doubles("/dt")[i]).isCloseTo(time[steps], withPercentage(1e-9));
      }
      assertThat(seen).hasSizeGreaterThan(10).allMatch(r -> r <= 36);
    }
  }

  private static byte[] cut(byte[] all, int side, int x, int y, int z, int length) {
    byte[] part = new byte[2 * length * length * length];
    int at = 0;
    for (int i = x; i < x + length; i++) {
      for (int j = y; j < y + length; j++) {
        System.arraycopy(all, 2 * ((i * side + j) * side + z), part, at, 2 * length);
        at += 2 * length;
      }
    }
    return part;
  }

  /** Tiles of five cells that differ. */
  private static int distinct(byte[] species) {
    Set<String> tiles = new HashSet<>();
    for (int i = 0; i < 64; i++) {
      tiles.add(Arrays.toString(cut(species, 20, i / 16 * 5, i / 4 % 4 * 5, i % 4 * 5, 5)));
    }
    return tiles.size();
  }

  /** Another crystal, another number of species, the analytic barriers. */
  @Test
  void fourSpeciesOnFccMakePairs() {
    String config =
        CONFIG
            .replace(
                "small: 5, large: 10", "crystal: fcc, species: [A, B, C, D], small: 5, large: 10")
            .replace("samples: 30", "samples: 12");
    Path out = run("fcc", config, 2);
    try (Hdf5Reader snapshots = Hdf5Reader.open(out.resolve("snapshots.h5"))) {
      snapshots.requireDims("/T1500/species", 33, 5, 5, 5, 4);
      assertThat(snapshots.textListAttribute("/", "species_names"))
          .containsExactly("A", "B", "C", "D");
    }
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"))) {
      pairs.requireDims("/z0", 24, 10);
      pairs.requireDims("/macroscopic/expand_matrix", 10, 6);
      double[] z0 = pairs.doubles("/z0");
      double[] z1 = pairs.doubles("/z1");
      assertThat(Arrays.stream(z0).map(Math::abs).max().orElse(9)).isBetween(0.02, 6.0);
      assertThat(z0).isNotEqualTo(z1);
      assertThat(Arrays.stream(pairs.ints("/events")).sum()).isPositive();
    }
  }

  @Test
  void resultsDoNotDependOnThreadsOrCache() {
    Path one = run("one", CONFIG, 1);
    Path two = run("two", CONFIG, 2);
    Path uncached = run("uncached", CONFIG.replace("cache_mib: 1", "cache_mib: 0"), 2);
    for (String dataset : List.of("/z0", "/z1", "/dt")) {
      assertThat(doubles(two.resolve("pairs.h5"), dataset))
          .isEqualTo(doubles(one.resolve("pairs.h5"), dataset));
      assertThat(doubles(uncached.resolve("pairs.h5"), dataset))
          .isEqualTo(doubles(one.resolve("pairs.h5"), dataset));
    }
    for (String group : List.of("/T1500", "/T2500")) {
      assertThat(doubles(two.resolve("snapshots.h5"), group + "/observables"))
          .isEqualTo(doubles(one.resolve("snapshots.h5"), group + "/observables"));
    }
  }

  @Test
  void everyEnvironmentAndThePresetMakePairs() {
    for (String environment :
        List.of("ghost", "{environment: buffer, buffer_cells: 1}", "periodic")) {
      String evolve =
          environment.startsWith("{")
              ? environment.substring(1, environment.length() - 1)
              : "environment: " + environment;
      String config =
          CONFIG
              .replace("evolve: {", "evolve: {" + evolve + ", ")
              .replace("samples: 30", "samples: 9");
      Path out = run("env" + environment.hashCode(), config, 1);
      double[] blocked = doubles(out.resolve("pairs.h5"), "/blocked");
      assertThat(blocked).hasSize(18);
      if (environment.equals("periodic")) {
        assertThat(blocked).containsOnly(0);
      } else {
        // patches of 5 cells are small: 60 jumps and more meet their wall often
        assertThat(Arrays.stream(blocked).sum()).isPositive();
        assertThat(doubles(out.resolve("pairs.h5"), "/conditions/blocked")[1])
            .isEqualTo(Arrays.stream(blocked, 9, 18).sum() / 9);
      }
    }
  }

  private static double[] doubles(Path file, String dataset) {
    assertThat(Files.exists(file)).isTrue();
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return reader.doubles(dataset);
    }
  }
}
