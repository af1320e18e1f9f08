package org.latticelift.lifting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.hdf5.Hdf5Reader;

/** Stages simulate and evolve on a tiny alloy. */
class LiftStageTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004}
      barrier: {model: pairwise, cache_mib: 1}
      simulate: {runs: 3, records: 10, duration: {events: 3000}}
      upsample: {keep: sample, keep_samples: 2}
      evolve: {samples: 30, shard_samples: 7}
      """;

  @TempDir Path folder;

  private Path run(String name, String config, int threads) {
    return TinyLift.run(folder.resolve(name), config, threads);
  }

  @Test
  void pairsFollowTheContract() {
    Path out = run("a", CONFIG, 1);
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"))) {
      pairs.requireDims("/z0", 60, 6);
      double[] z0 = pairs.doubles("/z0");
      double[] z1 = pairs.doubles("/z1");
      double[] dt = pairs.doubles("/dt");
      assertThat(pairs.longAttribute("/", "patches")).isEqualTo(8);
      assertThat(pairs.doubles("/conditions/value")).containsExactly(1500, 2500);
      assertThat(Arrays.stream(dt).distinct().count()).isEqualTo(2);
      assertThat(Arrays.stream(pairs.ints("/events")).average().orElse(0)).isBetween(60.0, 250.0);
      assertThat(Arrays.stream(z0).map(Math::abs).max().orElse(9)).isBetween(0.02, 4.0);
      assertThat(z0).isNotEqualTo(z1);
      for (int k = 0; k < 60; k++) {
        double nb = z0[6 * k] + z0[6 * k + 1] + z0[6 * k + 2];
        assertThat(Math.abs(nb)).isLessThan(0.2);
      }
    }
    try (Hdf5Reader large = Hdf5Reader.open(out.resolve("large.h5"))) {
      large.requireDims("/T1500/species", 2, 10, 10, 10, 2);
      byte[] species = large.bytes("/T1500/species");
      long vacancies = 0;
      for (byte code : species) {
        vacancies += code == 0 ? 1 : 0;
      }
      assertThat(vacancies).isEqualTo(16);
    }
    assertThat(out.resolve("parts")).isEmptyDirectory();
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
