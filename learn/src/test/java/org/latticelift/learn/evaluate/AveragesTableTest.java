package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.sim.statistics.Criterion;

class AveragesTableTest {
  @TempDir private Path folder;

  @Test
  void anErrorStandsInItsLastTwoDigits() {
    assertThat(AveragesTable.withError(-1.62642, 0.0127)).isEqualTo("-1.626(13)");
    assertThat(AveragesTable.withError(0.5, 0.1)).isEqualTo("0.50(10)");
    assertThat(AveragesTable.withError(0.123456, 0.00099)).isEqualTo("0.12346(99)");
    assertThat(AveragesTable.withError(123.4, 31.2)).isEqualTo("123(31)");
    assertThat(AveragesTable.withError(0.25, Double.NaN)).isEqualTo("0.2500");
    assertThat(AveragesTable.withError(0.25, 0.0)).isEqualTo("0.2500");
  }

  @Test
  void aConditionIsOneRow() throws IOException {
    Path file = folder.resolve("direct.csv");
    Files.write(
        file,
        List.of(
            "condition,temperature_K,observable,mean,error,average_over,runs,records,"
                + "dropped_records,seconds_per_event[s],relaxed,failed",
            "T1000,1000.0,MoMo,-1.62642,0.0127,time,8,2001,400,1.5e-07,yes,",
            "T1000,1000.0,TaTa,-1.001,0.01,time,8,2001,400,1.5e-07,yes,",
            "T2000,2000.0,MoMo,-0.667,,time,8,2001,20,,no,blocks drift",
            "T2000,2000.0,TaTa,-0.35,0.003,time,8,2001,20,,no,drift"));
    List<String> lines = AveragesTable.lines(file, true);
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0).split(" +"))
        .containsExactly(
            "condition", "runs", "records", "dropped", "s/event", "relaxed", "MoMo", "TaTa");
    assertThat(lines.get(2).split(" +"))
        .containsExactly(
            "T1000", "8", "2001", "400", "1.500e-07", "yes", "-1.626(13)", "-1.001(10)");
    assertThat(lines.get(3).split(" +"))
        .containsExactly("T2000", "8", "2001", "20", "-", "no", "-0.6670", "-0.3500(30)");
    assertThat(lines.get(4)).startsWith("Means over time");
    assertThat(lines.get(5))
        .isEqualTo(
            "note: T2000: not equilibrated: the part after equilibration has fewer than 8"
                + " independent blocks or values (MoMo); the halves of the part after equilibration differ"
                + " by more than their error (MoMo, TaTa).");
    SmallRuns taTa = AveragesTable.observables(file).get("T2000").get("TaTa");
    assertThat(taTa.relaxation()).isEqualTo(Relaxation.of(List.of(Criterion.DRIFT)));
    assertThat(taTa.late().mean()).isEqualTo(-0.35);
    assertThat(taTa.late().error()).isEqualTo(0.003);
    assertThat(taTa.late().deviation()).isNaN(); // there is no such column
    assertThat(AveragesTable.observables(file).get("T2000").get("MoMo").late().error()).isNaN();
  }
}
