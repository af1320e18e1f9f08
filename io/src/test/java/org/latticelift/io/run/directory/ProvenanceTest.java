package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

class ProvenanceTest {
  @TempDir Path folder;

  @Test
  void isStoredInItsGroup() throws Exception {
    Path input = Files.writeString(folder.resolve("in.dump"), "two");
    Path file = folder.resolve("a.h5");
    Provenance provenance =
        Provenance.here("seed: 7\n", 7, 2).withTransport("openmpi", 4).withInput(input);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      provenance.writeTo(writer);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.text("/provenance/configuration")).isEqualTo("seed: 7\n");
      assertThat(reader.texts("/provenance/inputs")[0])
          .startsWith("3fc4ccfe")
          .endsWith("  in.dump");
      assertThat(reader.longAttribute("/provenance", "seed")).isEqualTo(7);
      assertThat(reader.longAttribute("/provenance", "ranks")).isEqualTo(4);
      assertThat(reader.textAttribute("/provenance", "transport")).isEqualTo("openmpi");
      assertThat(reader.textAttribute("/provenance", "version")).matches("[0-9].*");
      assertThat(reader.attributes("/provenance"))
          .contains("commit", "jdk", "host", "start", "end", "threads");
    }
  }
}
