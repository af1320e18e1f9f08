package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.MarkedProcesses;

/**
 * Runs of all stages that are killed, gone on with, killed again, and so on to their end, which
 * must have the bits of one that was left alone. Kills are SIGKILLs at random moments, from the
 * start of the JVM on; where ranks are processes, of one rank, of what has started them, or of all
 * at once. {@code -Dcampaign.kills=N} of them in all; {@code -Dcampaign.transports=openmpi,ffm}
 * adds ranks that are processes, {@code -Dcampaign.jdk=DIR} is a JDK for those of {@code ffm}.
 */
@Tag("campaign")
@EnabledIfSystemProperty(named = "campaign.kills", matches = "\\d+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledChainsTest {
  private static final int KILLS = Integer.getInteger("campaign.kills", 0);

  /** More would never end where starting takes longer than what is left alone. */
  private static final int MOST_OF_A_CHAIN = 16;

  private static final double EARLY_SECONDS = 0.5;

  private static final double FIRST_LIMIT_SECONDS = 3;
  private static final double MOST_SECONDS = 20;

  private static final int PATIENCE_SECONDS = 15;
  private static final int LIMIT_SECONDS = 1800; // also where all else comes first

  /** What a stage commits last, in their order. */
  private static final Map<String, String> RESULTS =
      Map.of(
          "1 simulate", "snapshots.h5",
          "2 lift", "pairs.h5",
          "3 train", "model.h5",
          "4 ensemble", "ensemble.h5",
          "5 direct", "final.h5",
          "6 evaluate", "evaluation.h5",
          "7 report", "report/index.html");

  private final CampaignRecord record = CampaignRecord.open();

  /** Within which a job is killed, by transport; follows how busy the machine is. */
  private final Map<String, Double> limits = new HashMap<>();

  private Path folder;
  private Path app;
  private Installation installation;

  @BeforeAll
  void install(@TempDir Path temporary) {
    folder = temporary;
    app = folder.resolve("app");
    installation = Installation.make(app);
  }

  @AfterAll
  void remove() {
    installation.remove();
  }

  private static List<KilledChain> chains() {
    String names = System.getProperty("campaign.transports", "");
    List<String> transports = names.isEmpty() ? List.of() : List.of(names.split(","));
    String newer = System.getProperty("campaign.jdk", System.getProperty("java.home"));
    return KilledChain.all(transports, newer);
  }

  @Test
  void chainsOfKillsEndWithTheSameBits() throws Exception {
    List<KilledChain> chains = chains();
    List<String> findings = new ArrayList<>();
    while (record.done("CHAIN", "kills") < KILLS) {
      int number = record.done("CHAIN", "chains");
      KilledChain chain = chains.get(number % chains.size());
      List<String> found = kill(chain, number);
      found.stream()
          .map(what -> "CHAIN " + number + ", " + chain + ": " + what)
          .forEach(this::tell);
      findings.addAll(found);
      record.add("CHAIN", "chains", 1, found.size(), 0);
    }
    assertThat(findings).isEmpty();
  }

  private void tell(String finding) {
    record.tell(finding);
    System.out.println(finding);
  }

  /** One chain; what was wrong. */
  private List<String> kill(KilledChain chain, int number) throws Exception {
    Path config = chain.run().write(folder);
    Path whole = whole(chain, config);
    SplittableRandom random = new SplittableRandom(104_729L * number);
    Path out = folder.resolve("chain" + number);
    List<String> findings = new ArrayList<>();
    int most = Math.min(MOST_OF_A_CHAIN, KILLS - record.done("CHAIN", "kills"));
    boolean ended = false;
    for (int kills = 0; kills < most && !ended && findings.isEmpty(); kills++) {
      Started started = start(chain, config, out, number + "-" + kills);
      double moment = moment(chain, random);
      String before = committed(out);
      ended = started.launcher().waitFor((long) (1e3 * moment), TimeUnit.MILLISECONDS);
      if (!ended) {
        String stage = stage(out);
        String victim = killOne(chain, started, random);
        double waited = started.awaitNone();
        if (waited > PATIENCE_SECONDS) {
          findings.add("processes stay after the kill of " + victim);
        }
        if (Files.readString(started.text()).contains("Results: ")) {
          break; // only its processes had not ended
        }
        count(chain, stage, victim, moment);
        adapt(chain, moment, false, !before.equals(committed(out)));
      } else if (started.launcher().exitValue() != 0) {
        findings.add("code " + started.launcher().exitValue() + ", " + started.told());
      } else {
        adapt(chain, moment, true, true);
      }
    }
    if (findings.isEmpty()) {
      findings.addAll(end(chain, config, whole, out, number));
    }
    if (findings.isEmpty()) {
      Subject.clear(out);
    }
    return findings;
  }

  private List<String> end(KilledChain chain, Path config, Path whole, Path out, int number)
      throws Exception {
    Started last = start(chain, config, out, number + "-last");
    if (!last.launcher().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      last.killAll();
      return List.of("hangs, " + last.told());
    }
    if (last.launcher().exitValue() != 0) {
      return List.of("code " + last.launcher().exitValue() + ", " + last.told());
    }
    return SmallRun.differences(whole, out);
  }

  /**
   * A third of all while the JVM and the run begin; the others soon enough that a chain has
   * several.
   */
  private double moment(KilledChain chain, SplittableRandom random) {
    boolean early = random.nextInt(3) == 0;
    return random.nextDouble() * (early ? EARLY_SECONDS : limit(chain));
  }

  private double limit(KilledChain chain) {
    return limits.getOrDefault(chain.transport(), FIRST_LIMIT_SECONDS);
  }

  /** Jobs that end before are killed sooner, those that commit nothing later. */
  private void adapt(KilledChain chain, double moment, boolean ended, boolean progress) {
    double factor = ended ? 0.7 : progress ? 0.95 : moment > limit(chain) / 2 ? 1.1 : 1;
    limits.put(chain.transport(), Math.min(factor * limit(chain), MOST_SECONDS));
  }

  /** What is committed. */
  private static String committed(Path out) throws IOException {
    Path list = out.resolve("checksums.sha256");
    return Files.exists(list) ? Files.readString(list) : "";
  }

  /** Kills one process or all; who it was. */
  private static String killOne(KilledChain chain, Started started, SplittableRandom random) {
    int choice = random.nextInt(3);
    int which = random.nextInt(1000);
    if (chain.ofProcesses() && choice == 0) {
      started.killAll();
      return "all";
    }
    List<ProcessHandle> ranks =
        started.marked().ofJava().stream()
            .filter(rank -> rank.pid() != started.launcher().pid())
            .toList();
    if (chain.ofProcesses() && choice == 1 && !ranks.isEmpty()) {
      ranks.get(which % ranks.size()).destroyForcibly();
      return "rank";
    }
    started.launcher().destroyForcibly();
    return "launcher";
  }

  private void count(KilledChain chain, String stage, String victim, double moment) {
    record.add("KILLED-of", chain.toString(), 1, 0, moment);
    record.add("KILLED-in", stage, 1, 0, moment);
    record.add("KILLED-what", chain.ofProcesses() ? victim : "process", 1, 0, moment);
    record.add("KILLED-when", moment < EARLY_SECONDS ? "start" : "later", 1, 0, moment);
    record.add("CHAIN", "kills", 1, 0, moment);
  }

  /** The stage that was running. */
  private static String stage(Path out) throws IOException {
    if (Files.notExists(out.resolve("checksums.sha256"))) {
      return "0 none yet";
    }
    Map<String, String> listed = SmallRun.listed(out);
    return RESULTS.keySet().stream()
        .sorted()
        .filter(stage -> !listed.containsKey(RESULTS.get(stage)))
        .findFirst()
        .orElse("8 all done");
  }

  /** The undisturbed run of a system. */
  private Path whole(KilledChain chain, Path config) throws Exception {
    Path whole = folder.resolve("whole-" + chain.run().name());
    if (Files.notExists(whole)) {
      Started started = start(chain, config, whole, "whole");
      boolean ended = started.launcher().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(ended && started.launcher().exitValue() == 0).as(started.told()).isTrue();
    }
    return whole;
  }

  /**
   * A job.
   *
   * @param launcher what the test has started
   * @param marked that and all that it starts
   * @param text what they say
   */
  record Started(Process launcher, MarkedProcesses marked, Path text) {
    void killAll() {
      for (List<ProcessHandle> all = marked.alive(); !all.isEmpty(); all = marked.alive()) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
    }

    /** Waits until no process is left, and kills those that stay; the seconds. */
    double awaitNone() throws InterruptedException {
      long start = System.nanoTime();
      while (!marked.alive().isEmpty() && elapsed(start) < 2 * PATIENCE_SECONDS) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      double waited = elapsed(start);
      killAll();
      return waited;
    }

    private static double elapsed(long start) {
      return 1e-9 * (System.nanoTime() - start);
    }

    String told() throws IOException {
      try (Stream<String> lines = Files.lines(text)) {
        return lines.limit(12).collect(Collectors.joining(" | "));
      }
    }
  }

  private Started start(KilledChain chain, Path config, Path out, String name) throws IOException {
    ProcessBuilder builder = chain.command(installation, app, config, out);
    MarkedProcesses marked = new MarkedProcesses(folder.getFileName() + "-" + name);
    marked.mark(builder);
    // What Open MPI leaves behind when it is killed is removed with this folder.
    Path left = folder.resolve("mpi");
    Subject.clear(left);
    Files.createDirectories(left);
    builder.environment().put("TMPDIR", left.toString());
    builder.environment().put("OMPI_MCA_btl_sm_backing_directory", left.toString());
    Path text = folder.resolve("text");
    Process launcher = builder.redirectErrorStream(true).redirectOutput(text.toFile()).start();
    return new Started(launcher, marked, text);
  }
}
