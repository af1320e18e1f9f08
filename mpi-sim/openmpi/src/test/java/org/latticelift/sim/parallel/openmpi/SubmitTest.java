package org.latticelift.sim.parallel.openmpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.RankJob;

/** The calls of {@code sbatch} that {@code slurm/submit} makes; needs no Slurm. */
@Tag("ranks")
class SubmitTest {
  @TempDir Path folder;

  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.make(folder.resolve("app"));
  }

  @AfterEach
  void remove() {
    installation.remove();
  }

  private RankJob.Outcome submit(String site, String... words) throws Exception {
    ProcessBuilder builder = installation.script("slurm/submit", words);
    builder.environment().put("LATTICELIFT_SITE", site(site).toString());
    return RankJob.run(builder);
  }

  /** The stages of the quickstart and the ranks that they can use, as the program tells them. */
  private Map<String, String> stages() throws Exception {
    RankJob.Outcome outcome =
        RankJob.run(installation.command("validate", quickstart(), "--stages"));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    Map<String, String> stages = new LinkedHashMap<>();
    Matcher line = Pattern.compile("(?m)^([a-z]+) (all|one) ").matcher(outcome.text());
    while (line.find()) {
      stages.put(line.group(1), line.group(2));
    }
    return stages;
  }

  private Path site(String more) throws IOException {
    String shipped = Files.readString(installation.file("slurm/site.conf"));
    return Files.writeString(folder.resolve("site.conf"), shipped + more);
  }

  private String quickstart() {
    return installation.file("configs/quickstart.yaml").toString();
  }

  /** As a shell writes it. */
  private static String word(String path) {
    return path.replace(" ", "\\ ");
  }

  @Test
  void everyStageWaitsForTheOneBefore() throws Exception {
    Path out = folder.resolve("run");
    RankJob.Outcome outcome =
        submit("", "--dry-run", quickstart(), "--out", out.toString(), "--seed=3");
    assertThat(outcome.code()).as(outcome.text()).isZero();
    List<String> calls = outcome.text().lines().toList();
    Map<String, String> table = stages();
    List<String> stages = List.copyOf(table.keySet());
    assertThat(calls).hasSameSizeAs(stages).hasSizeGreaterThan(5);
    assertThat(table.values()).contains("all", "one");
    for (int s = 0; s < stages.size(); s++) {
      String ranks = table.get(stages.get(s)).equals("all") ? "--ntasks=4" : "--ntasks=1";
      String end = "/slurm/stage.sbatch " + stages.get(s) + " " + word(quickstart()) + " " + out;
      assertThat(calls.get(s))
          .startsWith("sbatch ")
          .contains("--job-name=run-" + stages.get(s), ranks, "--signal=B:USR1@180", "--requeue")
          .contains("--open-mode=append", "--output=" + out + "-log/" + stages.get(s) + ".log")
          .contains(end + " --seed=3")
          .doesNotContain("--partition", "--account", "--mem");
      if (s > 0) {
        assertThat(calls.get(s)).contains("--dependency=afterok:ID_OF_" + stages.get(s - 1));
      }
    }
    assertThat(calls.get(0)).doesNotContain("--dependency");
    assertThat(out).doesNotExist();
  }

  @Test
  void settingsHoldForAllStagesOrOneAndTrainingGoesToAGpu() throws Exception {
    String site =
        """
        partition=cpu
        account=chem
        gpu_partition=gpu
        memory=16G
        ranks_direct=16
        time_direct=02:00:00
        sbatch_options='--qos=long --exclusive'
        """;
    RankJob.Outcome outcome = submit(site, "--dry-run", quickstart());
    assertThat(outcome.code()).as(outcome.text()).isZero();
    for (String call : outcome.text().lines().toList()) {
      boolean train = call.contains("stage.sbatch train ");
      boolean direct = call.contains("stage.sbatch direct ");
      assertThat(call)
          .contains("--account=chem", "--mem=16G", "--qos=long --exclusive")
          .contains(train ? "--partition=gpu --gpus=1" : "--partition=cpu")
          .contains(direct ? "--time=02:00:00" : "--time=12:00:00")
          .contains("--set train.device=gpu");
      assertThat(call.contains("--ntasks=16")).isEqualTo(direct);
    }
  }

  @Test
  void mistakesAreFoundBeforeAnythingIsSubmitted() throws Exception {
    assertThat(submit("").code()).isEqualTo(64);
    assertThat(submit("", quickstart(), "--threads=3").text()).contains("slurm/site.conf");
    assertThat(submit("", "none.yaml").code()).isEqualTo(66);
    RankJob.Outcome wrong = submit("", "--dry-run", quickstart(), "--set=simulate.rnus=3");
    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.text()).contains("runs").doesNotContain("sbatch");
    RankJob.Outcome unknown = submit("ranks_evolve=16\n", "--dry-run", quickstart());
    assertThat(unknown.code()).isEqualTo(65);
    assertThat(unknown.text()).contains("ranks_evolve", "lift").doesNotContain("sbatch");
  }
}
