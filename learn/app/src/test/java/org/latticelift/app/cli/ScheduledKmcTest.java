package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** {@code kmc} with a section {@code schedule}. */
class ScheduledKmcTest {
  @TempDir private Path folder;

  private Outcome kmc(String name, String yaml, String... sets) {
    Path config = TinyRun.write(folder.resolve("c.yaml"), yaml);
    java.util.List<String> args =
        new java.util.ArrayList<>(
            java.util.List.of(
                "kmc", config.toString(), "--quiet", "--out", folder.resolve(name).toString()));
    for (String set : sets) {
      args.addAll(java.util.List.of("--set", set));
    }
    return TinyRun.run(args.toArray(String[]::new));
  }

  private double[] doubles(String name, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve(name).resolve("trajectory.h5"))) {
      return reader.doubles(dataset);
    }
  }

  private static String alloy(String kinetics, String last) {
    return "{system: alloy, conditions: {temperature_K: [1500]}, lattice: {small: 5, large: 6,"
        + " vacancy_concentration: 0.004}, barrier: {model: pairwise}, kinetics: {acceleration: "
        + kinetics
        + "}, direct: {runs: 2, records: 6"
        + last;
  }

  /** Cached rates, remembered barriers, resolved flicker: the bits of a run without a schedule. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "flicker"})
  void anIsothermalScheduleIsARunWithoutOne(String kinetics) {
    Outcome plain = kmc("plain", alloy(kinetics, ", duration: {time_s: 1.0e-6}}}")).succeeded();
    Outcome scheduled =
        kmc("scheduled", alloy(kinetics, "}, schedule: {anneal: {at: 1500, time_s: 1.0e-6}}}"))
            .succeeded();
    for (String dataset : new String[] {"time", "jumps", "observables"}) {
      assertThat(doubles("scheduled", "/T1500/run1/" + dataset))
          .isEqualTo(doubles("plain", "/T1500/run1/" + dataset));
    }
  }

  /** Jumps per time follow the Boltzmann factor of the barrier at each end of a quench. */
  @Test
  void jumpsBecomeRareInAQuench() {
    Outcome made =
        kmc(
                "quench",
                alloy("none", "}, schedule: {quench: {from: 3000, to: 1200, time_s: 3.0e-6}}}"))
            .succeeded();
    double[] jumps = doubles("quench", "/T3000/run0/jumps");
    double[] time = doubles("quench", "/T3000/run0/time");
    assertThat(time[6]).isEqualTo(3e-6, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(jumps[1] - jumps[0]).isGreaterThan(30 * (jumps[6] - jumps[5]));
    assertThat(jumps[6]).isGreaterThan(jumps[5]);
  }

  /** Three of six records, and the start, with the temperature that they have. */
  @Test
  void framesHaveTheirTimeAndTemperature() throws Exception {
    Path config =
        TinyRun.write(
            folder.resolve("c.yaml"),
            alloy("none", "}, schedule: {quench: {from: 3000, to: 1200, time_s: 3.0e-7}}}"));
    Path out = folder.resolve("frames");
    Outcome made =
        TinyRun.run("kmc", config.toString(), "--quiet", "--out", out.toString(), "--frames", "3")
            .succeeded();
    Path xyz = folder.resolve("movie.xyz");
    Outcome exported =
        TinyRun.run(
                "export",
                out.resolve("states.h5").toString(),
                "--to",
                "xyz",
                "--index",
                "all",
                "--out",
                xyz.toString())
            .succeeded();
    java.util.List<String> headers =
        java.nio.file.Files.readAllLines(folder.resolve("movie.run1.xyz")).stream()
            .filter(line -> line.startsWith("Lattice"))
            .toList();
    assertThat(headers).hasSize(4);
    for (int frame = 0; frame < 4; frame++) {
      double time = Double.parseDouble(headers.get(frame).replaceAll(".* time=(\\S+) .*", "$1"));
      double kelvin =
          Double.parseDouble(headers.get(frame).replaceAll(".*temperature_K=(\\S+) .*", "$1"));
      assertThat(time).isCloseTo(frame * 1e-7, org.assertj.core.api.Assertions.within(1e-12));
      assertThat(kelvin)
          .isCloseTo(3000 - 600 * frame, org.assertj.core.api.Assertions.within(1e-3));
    }
    Outcome odd = TinyRun.run("kmc", config.toString(), "--out", out + "2", "--frames", "4");
    assertThat(odd.code()).isEqualTo(64);
    assertThat(odd.err()).contains("4 frames of 6 records", "--frames").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "schedule={anneal: {at: 100, time_s: 1.0e-6}}; 250",
        "schedule={ramp: {from: 1500, to: 9000, time_s: 1.0e-6}}; 5000",
        "schedule={anneal: {at: 1500, time: 1}}; time_s",
        "schedule={anneal: {at: .nan, time_s: 1}}; finite",
        "direct.duration={events: 5}; beside a schedule",
        "direct.sampling=events; beside a schedule",
        "direct.stop={precision: 0.1}; beside a schedule",
        "direct.change=0; direct.change"
      })
  void whatDoesNotGoWithAScheduleIsRefused(String set, String part) {
    Outcome made =
        kmc("bad", alloy("none", "}, schedule: {anneal: {at: 1500, time_s: 1.0e-6}}}"), set);
    assertThat(made.code()).as(made.err()).isEqualTo(65);
    assertThat(made.err().strip()).contains(part).doesNotContain("\n");
  }
}
