package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.testing.Failures;
import org.latticelift.learn.barrierfit.NetworkTrainingConfig.BarrierTableCsv;
import org.latticelift.sim.vacancy.barrier.InputOrder;

final class BarrierTableFilesTest {
  @TempDir Path folder;

  @Test
  void hdf5KeepsEverything() {
    TableOrigin origin =
        new TableOrigin(
            "x",
            "teacher",
            "abc",
            Optional.of(InputOrder.NNK),
            Optional.of(1e-5),
            new double[] {1e13, 2e13, 3e13});
    BarrierTable table = Tables.withOrigin(Tables.table(50), origin);
    Path file = folder.resolve("table.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      BarrierTableFile.write(table, writer);
    }
    BarrierTable read = BarrierTableFile.read(file);
    assertThat(read.checksum()).isEqualTo(table.checksum());
    assertThat(read.categoryNames()).isEqualTo(table.categoryNames());
    assertThat(read.origin().order()).contains(InputOrder.NNK);
    assertThat(read.origin().batchNormEpsilon()).contains(1e-5);
    assertThat(read.origin().teacherChecksum()).isEqualTo("abc");
    assertThat(read.origin().attemptFrequency()).containsExactly(1e13, 2e13, 3e13);
  }

  @Test
  void csvReadsCodesBarriersAndCategories() throws IOException {
    BarrierTable table = csv("\uFEFF# sites, hops\n1,0,2,0.5,,relaxed\n\n2, 2 ,1,NaN,0.75,ideal\n");
    assertThat(table.environment()).containsExactly(1, 0, 2, 2, 2, 1);
    assertThat(table.barrier()).containsExactly(0.5f, Float.NaN, Float.NaN, 0.75f);
    assertThat(table.categoryNames()).containsExactly("relaxed", "ideal");
    assertThat(table.category()).containsExactly(0, 1);
  }

  @Test
  void csvErrorsNameTheLine() {
    refused("1,1,1,0.5,0.5\n1,1,1,0.5\n", "t.csv:2", "4 values");
    refused("1,1,3,0.5,0.5\n", "t.csv:1", "species code 3", "0 (vacancy) to 2");
    refused("1,x,1,0.5,0.5\n", "t.csv:1", "'x' in column 2");
    refused("1,1,1,0.5,abc\n", "t.csv:1", "'abc' in column 5");
    refused("1,1,1,0.5,Infinity\n", "t.csv:1", "Infinity");
    refused("1,1,1,0.5,799\n", "t.csv:1", "799", "0 to 10");
    refused("1,1,1,-0.01,0.5\n", "t.csv:1", "-0.01", "0 to 10");
    refused("# nothing\n", "t.csv", "0 environments");
  }

  @Test
  void aCsvThatIsNoTextIsRefusedInWords() throws IOException {
    Path file = Files.write(folder.resolve("t.csv"), new byte[] {'1', ',', (byte) 0xff, '\n'});
    Failures.assertFails(
        ExitCode.BAD_DATA,
        () -> BarrierTableCsv.read(file, 3, 2, List.of("A", "B")),
        "the barrier table is not UTF-8 text (" + file + ")");
  }

  @Test
  void aMissingCsvIsAMissingInput() {
    assertFails(
        ExitCode.MISSING_INPUT,
        () -> BarrierTableCsv.read(folder.resolve("no.csv"), 3, 2, List.of("A", "B")));
  }

  private void refused(String text, String... parts) {
    assertFails(() -> csv(text), parts);
  }

  private BarrierTable csv(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return BarrierTableCsv.read(file, 3, 2, List.of("A", "B"));
  }

  /** Errors on fresh environments are those of the same species, whatever their codes. */
  @Test
  void speciesOfAnotherTableGoByName() {
    BarrierTable table = Tables.table(60);
    List<String> other = List.of("Ta", "Nb", "Mo");
    BarrierTable recoded = table.inOrderOf(other);
    assertThat(recoded.speciesNames()).isEqualTo(other);
    for (int i = 0; i < table.environment().length; i++) {
      int code = table.environment()[i];
      int there = recoded.environment()[i];
      assertThat(there == 0 ? "-" : other.get(there - 1))
          .isEqualTo(code == 0 ? "-" : table.speciesNames().get(code - 1));
    }
    assertThat(recoded.inOrderOf(table.speciesNames()).environment())
        .isEqualTo(table.environment());
    assertThat(table.inOrderOf(table.speciesNames())).isSameAs(table);
    assertFails(
        ExitCode.BAD_DATA, () -> table.inOrderOf(List.of("Nb", "Mo", "W")), "'Ta'", "Nb, Mo, W");
  }
}
