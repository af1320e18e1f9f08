package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.Picture;
import org.latticelift.learn.report.StatePicture.BeforeAndAfter;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;

/** Pictures of the states before and after, of species that are known. */
class StatePictureTest {
  @TempDir private Path folder;

  private interface Body {
    void write(Hdf5Writer writer);
  }

  private void file(String name, Body body) {
    file(folder.resolve(name), body);
  }

  private static void file(Path file, Body body) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", new String[] {"Nb", "Mo"});
      ConditionGroup.write(writer, Condition.of("temperature_K", 2000));
      body.write(writer);
    }
  }

  /** States of bcc, of one species each, one site of which is empty. */
  private static void states(Hdf5Writer writer, String path, int nx, int nz, int... species) {
    int sites = 2 * nx * nx * nz;
    byte[] all = new byte[species.length * sites];
    for (int i = 0; i < species.length; i++) {
      Arrays.fill(all, i * sites, (i + 1) * sites, (byte) species[i]);
      all[i * sites + 2 * (nz / 2)] = 0; // a corner of the plane in the middle
    }
    writer.dataset(
        path,
        all,
        new long[] {species.length, nx, nx, nz, 2},
        DatasetInfo.of("1", "species codes", "snapshot", "x", "y", "z", "basis").asUnsigned());
  }

  /** Two runs of three states, of which the first run begins with Nb and ends with Mo. */
  static void smallRuns(Path file) {
    file(
        file,
        writer -> {
          states(writer, "/T2000/species", 4, 4, 1, 1, 2, 1, 1, 1);
          DatasetInfo runs = DatasetInfo.of("1", "run", "snapshot");
          writer.dataset("/T2000/run", new int[] {0, 0, 0, 1, 1, 1}, new long[] {6}, runs);
          double[] times = {0, 2e-6, 5e-6, 0, 2e-6, 4e-6};
          writer.dataset(
              "/T2000/time", times, new long[] {6}, DatasetInfo.of("s", "time", "snapshot"));
        });
  }

  private Optional<BeforeAndAfter> pictures() {
    return StatePicture.ofRun(folder, List.of("T1000", "T2000"));
  }

  private static int count(Picture picture, String colour) {
    return picture.svg().split(colour, -1).length - 1;
  }

  /** A plane of bcc has corners and centres, two for each of 16 cells, less an empty one. */
  @Test
  void theFirstRunIsShownBeforeAndAfter() {
    smallRuns(folder.resolve(SnapshotsFile.NAME));
    file(FinalStatesFile.NAME, writer -> states(writer, "/T2000/run0/species", 8, 8, 2));
    BeforeAndAfter drawn = pictures().orElseThrow();
    assertThat(drawn.sentence()).contains("T2000", "chessboard");
    assertThat(drawn.pictures())
        .extracting(Picture::caption)
        .containsExactly(
            "Start of a small run.",
            "End of a small run, after 5.00 \u00b5s.",
            "End of a direct run.");
    Picture start = drawn.pictures().get(0);
    assertThat(count(start, "#0072b2")).isEqualTo(31 + 1);
    assertThat(count(start, "#d55e00")).as("the key").isEqualTo(1);
    assertThat(start.svg()).contains(">Start of a small run, 128 sites<", ">Nb<", ">Mo<");
    assertThat(count(drawn.pictures().get(1), "#d55e00")).isEqualTo(31 + 1);
    assertThat(count(drawn.pictures().get(2), "#d55e00")).isEqualTo(127 + 1);
    assertThat(pictures()).as("equal for equal files").contains(drawn);
  }

  /** Where states of a direct run were kept, its start is shown in place of a small run. */
  @Test
  void theStartOfADirectRunIsShownWhereItWasKept() {
    smallRuns(folder.resolve(SnapshotsFile.NAME));
    file(SnapshotsFile.DIRECT, writer -> states(writer, "/T2000/species", 8, 8, 1, 1));
    file(FinalStatesFile.NAME, writer -> states(writer, "/T2000/run0/species", 8, 8, 2));
    assertThat(pictures().orElseThrow().pictures())
        .extracting(Picture::caption)
        .containsExactly("Start of a direct run.", "End of a direct run.");
  }

  /** 5000 sites of 50 by 50 cells; 4096 are drawn at most. */
  @Test
  void ofALargePlaneAPartIsShown() {
    file(FinalStatesFile.NAME, writer -> states(writer, "/T2000/run0/species", 50, 2, 2));
    Picture only = pictures().orElseThrow().pictures().get(0);
    assertThat(only.caption()).isEqualTo("End of a direct run, a part of it.");
    assertThat(count(only, "#d55e00")).isBetween(3900, 4200);
  }

  @Test
  void spinsAreShownToo() {
    byte[] spins = {1, -1, 1, 1, -1, 1};
    file(
        SnapshotsFile.NAME,
        writer ->
            writer.dataset(
                "/T2000/spin",
                spins,
                new long[] {1, 2, 3},
                DatasetInfo.of("1", "spins", "snapshot", "row", "column")));
    BeforeAndAfter drawn = pictures().orElseThrow();
    assertThat(drawn.sentence()).doesNotContain("crystal");
    assertThat(drawn.pictures()).hasSize(2);
    assertThat(count(drawn.pictures().get(0), "#0072b2")).as("down").isEqualTo(2 + 1);
    assertThat(count(drawn.pictures().get(0), "#d55e00")).as("up").isEqualTo(4 + 1);
  }

  @Test
  void withoutStatesOfALatticeThereIsNothing() {
    assertThat(pictures()).as("no files").isEmpty();
    file(
        SnapshotsFile.NAME,
        writer ->
            writer.dataset(
                "/T2000/displacement",
                new double[6],
                new long[] {2, 3},
                DatasetInfo.of("1", "displacement", "snapshot", "site")));
    assertThat(pictures()).as("a chain").isEmpty();
    file(
        FinalStatesFile.NAME,
        writer ->
            writer.dataset(
                "/T2000/run0/species",
                new byte[3],
                new long[] {1, 1, 1, 3},
                DatasetInfo.of("1", "species", "x", "y", "z", "basis").asUnsigned()));
    assertThat(pictures()).as("of a crystal that is not known").isEmpty();
  }
}
