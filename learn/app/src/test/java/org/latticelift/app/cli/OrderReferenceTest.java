package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** One state has one order, whatever command prints it, and the reference stands beside it. */
class OrderReferenceTest {
  private static final List<String> SPECIES = List.of("Nb", "Mo", "Ta");
  private static final List<String> PAIRS = List.of("NbNb", "NbMo", "NbTa", "MoMo", "MoTa", "TaTa");
  private static final double PRINTED = 1e-6;
  private static final String CONFIG =
      """
      conditions: {temperature_K: [2000]}
      lattice:
        large: 6
        composition: {Nb: 2, Mo: 1, Ta: 1}
        vacancy_concentration: 0.01
        observables: [pair]
      barrier: {model: pairwise}
      direct: {runs: 1, records: 5, duration: {events: 20}}
      """;

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void simulate() {
    run = folder.resolve("run");
    Path config = TinyRun.write(folder.resolve("c.yaml"), CONFIG);
    Outcome outcome = TinyRun.run("kmc", config.toString(), "--out", run.toString());
    assertThat(outcome.err()).isEmpty();
  }

  /** First and second number of each line of the table. */
  private Map<String, double[]> sro(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "sro";
    args[1] = run.resolve("final.h5").toString();
    System.arraycopy(options, 0, args, 2, options.length);
    Outcome outcome = TinyRun.run(args);
    assertThat(outcome.err()).isEmpty();
    Map<String, double[]> table = new HashMap<>();
    for (String line : outcome.out().split("\n")) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 1 && words[0].matches("[A-Z].*") && words[1].matches("-?[0-9.]+")) {
        table.put(
            words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return table;
  }

  /** 8 c_j of the state that the run wrote (AL-50). */
  private double[] random() {
    long[] counts = new long[SPECIES.size() + 1];
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("final.h5"))) {
      for (byte code : reader.bytes("/T2000/run0/species")) {
        counts[code]++;
      }
    }
    assertThat(counts).containsExactly(4, 214, 107, 107);
    long atoms = Arrays.stream(counts).sum() - counts[0];
    return PAIRS.stream()
        .mapToDouble(pair -> 8.0 * counts[SPECIES.indexOf(pair.substring(2)) + 1] / atoms)
        .toArray();
  }

  @Test
  void aStateHasTheSameOrderInEveryCommand() {
    double[] reference = random();
    Map<String, double[]> printed = sro();
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("trajectory.h5"))) {
      double[] all = reader.doubles("/T2000/run0/observables");
      assertThat(reader.textListAttribute("/", "observable_names")).isEqualTo(PAIRS);
      assertThat((double[]) reader.attribute("/", "observable_reference"))
          .containsExactly(reference, within(1e-15));
      for (int k = 0; k < PAIRS.size(); k++) {
        double last = all[all.length - PAIRS.size() + k];
        double[] columns = printed.get(PAIRS.get(k));
        assertThat(columns[0]).as(PAIRS.get(k)).isCloseTo(last, within(PRINTED));
        assertThat(columns[1]).isCloseTo(reference[k], within(PRINTED));
      }
    }
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("final.h5"))) {
      assertThat((double[]) reader.attribute("/", "observable_reference"))
          .containsExactly(reference, within(1e-15));
    }
  }

  /** AL-51, where it is asked for. */
  @Test
  void theReferenceOfEqualPartsIsAnOption() {
    Map<String, double[]> usual = sro();
    Map<String, double[]> equal = sro("--observables", "[{pair: {reference: equimolar}}]");
    for (String pair : PAIRS) {
      double neighbours = usual.get(pair)[0] + usual.get(pair)[1];
      assertThat(equal.get(pair)[1]).isCloseTo(8.0 / 3, within(PRINTED));
      assertThat(equal.get(pair)[0] + 8.0 / 3).isCloseTo(neighbours, within(2 * PRINTED));
    }
  }
}
