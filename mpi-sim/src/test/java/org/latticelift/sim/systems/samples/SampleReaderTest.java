package org.latticelift.sim.systems.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Imported.Increments;
import org.latticelift.sim.system.Imported.LargeRuns;
import org.latticelift.sim.system.LinearRules;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

class SampleReaderTest {
  private static final String SAMPLES =
      """
      force_N,state,dt,group,z0:a,z0:b,z1:a,z1:b,drift:a,drift:b
      2,0,0.5,3,0.1,0.2,0.3,0.2,0.05,0
      -1,0,0.25,4,0.5,0.6,0.5,0.7,0,0.04
      2,0,0.5,3,0.1,0.2,0.1,0.6,0.15,0
      -1,0,0.25,4,0.5,0.6,0.7,0.7,0,0.08
      """;

  @TempDir private Path folder;

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("some.csv"), text);
  }

  @Test
  void rowsOfOneStateAreOneSample() throws IOException {
    SampleReader read = SampleReader.of(csv(SAMPLES));
    assertThat(read.conditions())
        .containsExactly(Condition.of("force_N", -1), Condition.of("force_N", 2));
    assertThat(read.observables()).containsExactly("a", "b");
    Increments all = read.increments();
    assertThat(all.patches()).isEqualTo(2);
    assertThat(all.condition()).containsExactly(1, 0);
    assertThat(all.dt()).containsExactly(0.5, 0.25);
    assertThat(all.group().orElseThrow()).containsExactly(3, 4);
    assertThat(all.z0()).containsExactly(0.1, 0.2, 0.5, 0.6);
    assertThat(all.z1()).containsExactly(new double[] {0.2, 0.4, 0.6, 0.7}, within(1e-15));
    assertThat(all.drift().orElseThrow())
        .containsExactly(new double[] {0.1, 0, 0, 0.06}, within(1e-15));
  }

  /** Of each condition by itself, and as many as there are. */
  @Test
  void samplesCountAsOftenAsTheyWeigh() throws IOException {
    String rows = "t,weight,dt,z0:a,z1:a\n";
    double[] weights = {1, 2, 0, 1, 0.25, 0.25};
    for (int row = 0; row < weights.length; row++) {
      rows += (row < 4 ? 5 : 3) + "," + weights[row] + ",1," + row + "," + row + "\n";
    }
    Increments all = SampleReader.of(csv(rows)).increments();
    assertThat(all.z0()).containsExactly(4, 5, 0, 1, 1, 3);
    assertThat(all.condition()).containsExactly(0, 0, 1, 1, 1, 1);
    for (String wrong : List.of(rows.replace(",0.25,", ",0,"), rows.replace(",2.0,", ",-2,"))) {
      assertFails(() -> SampleReader.of(csv(wrong)), "column weight", "weights of 0 or more");
    }
  }

  /** Numbers as large as there are, whose sum is none. */
  @Test
  void weightsMayBeAsLargeAsNumbersAre() throws IOException {
    String rows = "t,weight,dt,z0:a,z1:a\n5,1e308,1,0,0\n5,1e308,1,1,1\n5,0,1,2,2\n5,1e308,1,3,3\n";
    assertThat(SampleReader.of(csv(rows)).increments().z0()).containsExactly(0, 1, 1, 3);
  }

  /** Zero has two signs and is one condition; a table of times is none of samples. */
  @Test
  void conditionsAreNumbersThatAreVaried() throws IOException {
    String rows = "t,dt,z0:a,z1:a\n0,1,0,0\n-0,1,1,1\n-0.0,1,2,2\n2,1,3,3\n2,1,3,3\n";
    assertThat(SampleReader.of(csv(rows)).conditions())
        .extracting(Condition::value)
        .containsExactly(0.0, 2.0);
    for (String wrong : List.of("0x1p-3", "0.1f", "NaN", "1d")) {
      assertFails(() -> SampleReader.of(csv(rows.replace("\n2,1,3,3", "\n" + wrong + ",1,3,3"))));
    }
    assertFails(
        () -> SampleReader.of(csv(rows.replace("t,dt", "time,dt"))),
        "column time, which names no condition");
  }

  /** The mean change is the weighted one, within what rounding to whole samples leaves. */
  @Test
  void meansAreWeightedOnes() throws IOException {
    StringBuilder rows = new StringBuilder("t,weight,dt,z0:a,z1:a\n");
    double sum = 0;
    double weights = 0;
    int n = 1000;
    for (int row = 0; row < n; row++) {
      double weight = 0.1 + row % 7;
      double change = Math.sin(row) + row % 7;
      sum += weight * change;
      weights += weight;
      rows.append("5,%s,1,0,%s\n".formatted(weight, change));
    }
    double[] z1 = SampleReader.of(csv(rows.toString())).increments().z1();
    assertThat(z1).hasSize(n);
    assertThat(Arrays.stream(z1).average().orElseThrow()).isCloseTo(sum / weights, within(0.02));
  }

  @Test
  void bothFormatsSayTheSame() throws IOException {
    Path file = folder.resolve("same.h5");
    DatasetInfo number = DatasetInfo.of("1", "numbers", "row");
    DatasetInfo rows = DatasetInfo.of("1", "rows", "row", "observable");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "parameter_name", "force_N");
      writer.attribute("/", "observable_names", new String[] {"a", "b"});
      long[] four = {4};
      long[] each = {4, 2};
      writer.dataset("/condition", new double[] {2, -1, 2, -1}, four, number);
      writer.dataset("/state", new long[4], four, number);
      writer.dataset("/group", new int[] {3, 4, 3, 4}, four, number);
      writer.dataset("/dt", new double[] {0.5, 0.25, 0.5, 0.25}, four, number);
      writer.dataset("/z0", new double[] {.1, .2, .5, .6, .1, .2, .5, .6}, each, rows);
      writer.dataset("/z1", new double[] {.3, .2, .5, .7, .1, .6, .7, .7}, each, rows);
      writer.dataset("/drift", new double[] {.05, 0, 0, .04, .15, 0, 0, .08}, each, rows);
    }
    SampleReader text = SampleReader.of(csv(SAMPLES));
    SampleReader binary = SampleReader.of(file);
    assertThat(binary.conditions()).isEqualTo(text.conditions());
    assertThat(binary.observables()).isEqualTo(text.observables());
    assertThat(binary.increments())
        .usingRecursiveComparison()
        .ignoringFields("file")
        .isEqualTo(text.increments());
  }

  @Test
  void recordsOfRunsMayBeMixed() throws IOException {
    SampleReader read = SampleReader.of(csv(SAMPLES));
    Path file = folder.resolve("runs.csv");
    Files.writeString(
        file,
        """
        force_N,run,time,z:b,z:a
        2,7,0,0.2,0.1
        2,9,0,0.4,0.3
        2,9,1,0.8,0.7
        2,7,1,0.6,0.5
        """);
    LargeRuns runs = read.direct(file);
    assertThat(runs.at(Condition.of("force_N", -1))).isEmpty();
    assertThat(runs.at(Condition.of("force_N", 2))).hasSize(2);
    assertThat(runs.at(Condition.of("force_N", 2)).get(0).observables())
        .containsExactly(0.1, 0.2, 0.5, 0.6);
    assertThat(runs.at(Condition.of("force_N", 2)).get(1).time()).containsExactly(0, 1);
    assertThat(runs.at(Condition.of("force_N", 2)).get(1).observables())
        .containsExactly(0.3, 0.4, 0.7, 0.8);
  }

  /** Two rules of three observables leave one, whatever their order. */
  @Test
  void dependentObservablesFollowFromRules() {
    List<String> names = List.of("a", "b", "c");
    List<LinearRelation> rules =
        List.of(
            new LinearRules.Rule("all", Map.of("a", 1.0, "b", 1.0, "c", 1.0), 1)
                .relation(names, "relations"),
            new LinearRules.Rule("twice", Map.of("b", 2.0, "a", -1.0), 0)
                .relation(names, "relations"));
    Macroscopics map = LinearRules.of(names, List.of("1", "1", "1"), rules, "relations");
    assertThat(map.independent()).hasSize(1);
    int free = map.independent()[0];
    double value = 0.4;
    double[] z = new double[3];
    for (int k = 0; k < 3; k++) {
      z[k] = map.matrix()[k][0] * value + map.offset()[k];
    }
    assertThat(z[free]).isEqualTo(value);
    for (LinearRelation rule : rules) {
      assertThat(rule.residual(z)).as(rule.name()).isCloseTo(0, within(1e-14));
    }
    assertFails(
        () ->
            LinearRules.requireObeyed(
                rules, names, new double[] {0.4, 0.2, 0.3}, "z0", "relations"),
        "rule 'all'");
  }
}
