package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.systems.alloy.AlloyState.SpeciesDataset;

class SpeciesDatasetTest {
  @TempDir private Path folder;

  private Hdf5Reader file(String... datasets) {
    Path path = folder.resolve("state" + datasets.length + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      for (String dataset : datasets) {
        String above = "";
        for (String part : dataset.substring(1, dataset.lastIndexOf('/')).split("/")) {
          above += "/" + part;
          writer.group(above);
        }
        writer.dataset(dataset, new int[] {1, 2}, new long[] {2}, DatasetInfo.of("1", "x", "site"));
      }
    }
    return Hdf5Reader.open(path);
  }

  @Test
  void theOnlyStateNeedsNoName() {
    try (Hdf5Reader one = file("/T2000/run0/species")) {
      assertThat(SpeciesDataset.of(one, "")).isEqualTo("/T2000/run0/species");
      assertThat(SpeciesDataset.of(one, "T1000")).isEqualTo("/T1000/species");
    }
  }

  @Test
  void oneOfSeveralMustBeNamed() {
    try (Hdf5Reader two = file("/T1000/run0/species", "/T2000/run0/species")) {
      assertFails(() -> SpeciesDataset.of(two, ""), "2 states", "[T1000/run0, T2000/run0]");
    }
  }
}
