package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.certificate.CertificateStage.SourceStates;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/** Snapshots of two runs of five records, and pairs whose states have more of one observable. */
class SourceStatesTest {
  private static final Condition WARM = Condition.of("temperature_K", 2000);
  private static final int RUNS = 2;
  private static final int RECORDS = 5;
  private static final int PAIRS = 400;

  @TempDir private Path folder;

  private List<String> warnings(double more) {
    RandomStream stream = new Streams(1).stream(Purpose.CHECK, 3);
    double[] small = new double[2 * RUNS * RECORDS];
    for (int k = 0; k < small.length; k++) {
      small[k] = stream.normal();
    }
    double[] z0 = new double[2 * PAIRS];
    int[] run = new int[PAIRS];
    int[] record = new int[PAIRS];
    for (int k = 0; k < PAIRS; k++) {
      run[k] = stream.below(RUNS);
      record[k] = stream.below(RECORDS);
      int state = run[k] * RECORDS + record[k];
      z0[2 * k] = small[2 * state] + 0.1 * stream.normal();
      z0[2 * k + 1] = small[2 * state + 1] + more + 0.1 * stream.normal();
    }
    Path pairs = folder.resolve("pairs" + more + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(pairs)) {
      Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
      columns.put(PairColumn.Z0, z0);
      columns.put(PairColumn.Z1, z0);
      columns.put(PairColumn.DT, new double[PAIRS]);
      columns.put(PairColumn.CONDITION, new int[PAIRS]);
      columns.put(PairColumn.SOURCE_RUN, run);
      columns.put(PairColumn.SOURCE_RECORD, record);
      PairsFile.write(
          writer,
          new PairsCommon(
              MacroscopicMap.identity(List.of("a", "b")),
              new double[0],
              8,
              List.of(WARM),
              new double[1],
              new double[1],
              "s"),
          columns);
    }
    Path snapshots = folder.resolve("snapshots" + more + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(snapshots)) {
      writer.group("/T2000");
      int[] of = new int[RUNS * RECORDS];
      for (int k = 0; k < of.length; k++) {
        of[k] = k / RECORDS;
      }
      long[] states = {of.length};
      writer.dataset("/T2000/run", of, states, DatasetInfo.of("1", "run", "state"));
      writer.dataset(
          "/T2000/observables",
          small,
          new long[] {of.length, 2},
          DatasetInfo.of("1", "observables", "state", "observable"));
    }
    return SourceStates.warnings(pairs, snapshots);
  }

  @Test
  void aDifferenceIsNamedWithItsSize() {
    List<String> warnings = warnings(0.5);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("T2000: large states differ from the snapshots they are made of: b by +0.4983")
        .doesNotContain("a by");
  }

  @Test
  void whatIsSmallBesideTheSpreadIsNot() {
    assertThat(warnings(0.05)).isEmpty();
    assertThat(SourceStates.warnings(folder.resolve("none.h5"), folder.resolve("no.h5"))).isEmpty();
  }
}
