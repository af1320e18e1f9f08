package org.latticelift.sim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

class ScheduleSpecTest {
  @TempDir private Path folder;

  private static List<Segment> read(String yaml) {
    ConfigNode root = ConfigNode.parse("schedule: " + yaml, "test.yaml");
    return ScheduleSpec.fromConfig(root.get("schedule")).schedule("temperature_K", "s").segments();
  }

  private static void refused(String yaml, String... parts) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            LatticeLiftException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
              assertThat(e.getMessage()).contains(parts).doesNotContain("\n");
            });
  }

  @Test
  void protocolsFollowEachOther() {
    assertThat(
            read(
                "[{anneal: {at: 2000, time_s: 1}}, {quench: {to: 1000, rate: 500}},"
                    + " {ramp: {from: 900, to: 950, time_s: 4}}]"))
        .containsExactly(
            new Segment(0, 1, 2000, 2000),
            new Segment(1, 3, 2000, 1000),
            new Segment(3, 7, 900, 950));
  }

  @Test
  void cyclesGoUpAndDown() {
    assertThat(read("{cycle: {low: 900, high: 1000, time_s: 2, count: 2}}"))
        .containsExactly(
            new Segment(0, 1, 900, 1000),
            new Segment(1, 2, 1000, 900),
            new Segment(2, 3, 900, 1000),
            new Segment(3, 4, 1000, 900));
    assertThat(read("{cycle: {low: 900, high: 1000, time_s: 2, shape: square}}"))
        .containsExactly(new Segment(0, 1, 900, 900), new Segment(1, 2, 1000, 1000));
    assertThat(read("{repeat: {count: 2, of: [{anneal: {at: 5, time_s: 1}}]}}"))
        .containsExactly(new Segment(0, 1, 5, 5), new Segment(1, 2, 5, 5));
  }

  @Test
  void aRepeatedTimeIsAJump() {
    assertThat(read("{points: [[0, 2000], [1, 1800], [1, 1000], [3, 1000]]}"))
        .containsExactly(new Segment(0, 1, 2000, 1800), new Segment(1, 3, 1000, 1000));
  }

  @Test
  void aFileIsAListOfPoints() throws IOException {
    Path file = folder.resolve("a b.csv");
    Files.writeString(file, "comment,temperature_K,time_s\nx,2000,0\ny,1000,0.5\nz,1000,2\n");
    List<Segment> expected =
        List.of(new Segment(0, 0.5, 2000, 1000), new Segment(0.5, 2, 1000, 1000));
    assertThat(read("\"" + file + "\"")).isEqualTo(expected);
    assertThat(read("{file: \"" + file + "\"}")).isEqualTo(expected);
  }

  @Test
  void aFileOfASpreadsheetIsRead() throws IOException {
    Path file = folder.resolve("cool.csv");
    Files.writeString(file, "\uFEFFtime_s,temperature_K\r\n\r\n0,2000\r\n,\r\n2,1000\r\n\r\n");
    assertThat(read("\"" + file + "\"")).containsExactly(new Segment(0, 2, 2000, 1000));
    Files.writeString(file, "time_s,temperature_K\n\n0,2000\n\n2,cold\n");
    refused("\"" + file + "\"", "cool.csv, row 5", "'cold'");
  }

  @Test
  void timesWithoutUnitHaveAnotherKey() {
    ConfigNode node = ConfigNode.parse("{anneal: {at: 2.5, time: 7}}", "test");
    assertThat(ScheduleSpec.fromConfig(node).schedule("temperature", "1").segments())
        .containsExactly(new Segment(0, 7, 2.5, 2.5));
    refused("{anneal: {at: 2.5, time: 7}}", "time_s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{anneal: {at: 1000}}",
        "{anneal: {at: 1000, time_s: -1}}",
        "{anneal: {at: 1000, time_s: 0}}",
        "{anneal: {at: 1000, time_s: .nan}}",
        "{anneal: {at: 1000, time_s: .inf}}",
        "{anneal: {at: .nan, time_s: 1}}",
        "{anneal: {at: -5, time_s: 1}}",
        "{anneal: {at: 1000, time_s: 1, hold: 3}}",
        "{anneal: {at: 1000, time_s: 1}, ramp: {to: 900, time_s: 1}}",
        "{ramp: {to: 900, time_s: 1}}",
        "{ramp: {from: 1000, to: 900}}",
        "{ramp: {from: 1000, to: 900, time_s: 1, rate: 3}}",
        "{ramp: {from: 1000, to: 1000, rate: 3}}",
        "{ramp: {from: 1000, to: 900, rate: 0}}",
        "{quench: {from: 900, to: 1000, time_s: 1}}",
        "{cycle: {low: 900, high: 1000, time_s: 1, count: 0}}",
        "{cycle: {low: 1000, high: 900, time_s: 1}}",
        "{cycle: {low: 3, high: 2.5, time_s: 1, shape: square}}",
        "{cycle: {low: 1000, high: 1000, time_s: 1}}",
        "{points: [[0, 1000]]}",
        "{points: [[1, 1000], [2, 900]]}",
        "{points: [[0, 1000], [2, 900], [1, 900]]}",
        "{points: [[-1, 1000], [2, 900]]}",
        "{points: [[0, 1000, 5], [2, 900]]}",
        "{repeat: {count: 100000, of: {repeat: {count: 100000, of: {anneal: {at: 5, time_s: 1}}}}}}"
      })
  void whatIsNoScheduleIsRefused(String yaml) {
    refused(yaml, "test.yaml:1");
  }

  @Test
  void mistakesAreNamed() {
    refused("{aneal: {at: 1000, time_s: 1}}", "unknown key 'aneal'", "Did you mean 'anneal'");
    refused("{points: [[1, 1000], [2, 900]]}", "gap from 0 to 1.0");
    refused("{points: [[0, 1000], [2, 900], [1, 900]]}", "goes back in time");
    refused("{quench: {from: 1000, to: 900, rate: -1}}", "rate: -1 ", "above 0");
    refused("{ramp: {from: 900, to: 1000, rate: -2.50e3}}", "rate: -2.50e3 ", "direction");
    refused("{cycle: {low: 3, high: 2.5, time_s: 1}}", "low: 3.0 and high: 2.5", "low below high");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time_s,temperature_K\n0,1000\n1,\n2,900\n",
        "time_s,temperature_K\n0,1000\n1\n2,900\n",
        "time_s,temperature_K\n0,1000\n1,NaN\n",
        "time_s,temperature_K\n0,1000\nsoon,900\n",
        "time_s,temperature_K\n-1,1000\n1,900\n",
        "time_s,temperature_K\n1,1000\n2,900\n",
        "time_s,temperature_K\n0,1000\n2,900\n1,800\n",
        "time_s,temperature_K\n0,1000\n",
        "time_s,temperature_K\n",
        "",
        "time,temperature_K\n0,1000\n1,900\n",
        "time_s,kelvin\n0,1000\n1,900\n"
      })
  void filesThatAreNoSchedulesAreRefused(String text) throws IOException {
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, text);
    refused("\"" + file + "\"", "bad.csv");
  }
}
