package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job of Slurm for a stage, without Slurm: what the launcher is started with. */
class StageScriptTest {
  private static final Path SCRIPT =
      Path.of("..", "..", "slurm", "stage.sbatch").toAbsolutePath().normalize();

  @TempDir private Path home;

  @BeforeEach
  void aLauncherThatPrintsItsHeapAndItsWords() throws Exception {
    Path launcher = home.resolve("latticelift");
    Files.writeString(launcher, "#!/bin/bash\necho \"heap ${LATTICELIFT_HEAP:-default}: $*\"\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.createFile(Files.createDirectory(home.resolve("slurm")).resolve("site.conf"));
  }

  private String started(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", SCRIPT.toString(), "train", "a.yaml", "out", "--seed=2");
    builder.environment().keySet().removeIf(name -> name.matches("(SLURM|LATTICELIFT)_.*"));
    builder.environment().put("LATTICELIFT_HOME", home.toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().skip(1).findFirst().orElseThrow();
  }

  @Test
  void theHeapIsPartOfTheMemoryOfARank() throws Exception {
    assertThat(started(Map.of()))
        .isEqualTo("heap default: train a.yaml --out out --threads 1 --resume --seed=2");
    assertThat(
            started(
                Map.of(
                    "SLURM_NTASKS", "4",
                    "SLURM_JOB_NUM_NODES", "2",
                    "SLURM_MEM_PER_NODE", "10000")))
        .startsWith("heap 3000m: --np 4 train");
    assertThat(started(Map.of("SLURM_MEM_PER_CPU", "2000", "SLURM_CPUS_PER_TASK", "4")))
        .startsWith("heap 4800m: train a.yaml --out out --threads 4");
  }

  @Test
  void allMemoryOfTheMachineAndAHeapOfTheUserAreLeftAsTheyAre() throws Exception {
    assertThat(started(Map.of("SLURM_MEM_PER_NODE", "0", "SLURM_JOB_NUM_NODES", "1")))
        .startsWith("heap default: ");
    assertThat(started(Map.of("SLURM_MEM_PER_CPU", "2000", "LATTICELIFT_HEAP", "7g")))
        .startsWith("heap 7g: ");
  }
}
