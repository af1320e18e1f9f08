package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.Main;
import org.latticelift.bench.campaign.Judge.Use;
import org.latticelift.bench.campaign.Judge.Verdict;
import org.latticelift.io.testing.ChildJava;

/**
 * What SIGKILL leaves at random moments of a run. A process is halted (SIGSTOP) again and again,
 * its folder is copied, which then is what a kill at that moment would have left, and at a last
 * moment it is killed. Every state is gone on with in this process, and must end with the bits of a
 * run that nothing has disturbed. {@code -Dcampaign.cases=N} processes for each system.
 */
@Tag("hostile")
class KilledStatesTest {
  private static final int STATES = Integer.getInteger("campaign.states", 3);
  private static final Judge JUDGE = new Judge(Set.of(0), 120);

  private final CampaignRecord record = CampaignRecord.open();

  @TempDir private Path folder;

  static Stream<SmallRun> runs() {
    return SmallRun.chosen();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyStateGoesOnToTheSameBits(SmallRun run) throws Exception {
    Path config = run.write(folder);
    Path whole = run.undisturbed(config, folder.resolve("whole"));
    for (int number : record.open("KILLED", run.name(), CampaignRecord.wanted(1)).toArray()) {
      long start = System.nanoTime();
      SplittableRandom random = new SplittableRandom(7919L * number + run.name().hashCode());
      List<Path> states = halted(config, random, 1 + number % 2);
      List<String> findings = new ArrayList<>();
      for (Path state : states) {
        if (number % 3 == 2) {
          setTimes(state, random);
        }
        Verdict verdict = JUDGE.judge(Use.command(SmallRun.resume(config, state, 1)));
        verdict.finding().ifPresent(what -> findings.add(state.getFileName() + ": " + what));
        if (verdict.code() == 0) {
          SmallRun.differences(whole, state)
              .forEach(what -> findings.add(state.getFileName() + ": " + what));
        }
        if (findings.isEmpty()) {
          Subject.clear(state);
        }
      }
      findings.forEach(what -> record.tell("KILLED " + run.name() + " " + number + ": " + what));
      double seconds = 1e-9 * (System.nanoTime() - start);
      record.add("KILLED", run.name(), 1, findings.size(), seconds);
      record.add("KILLED-states", run.name(), states.size(), 0, 0);
      assertThat(findings).as("%s, process %d", run.name(), number).isEmpty();
      assertThat(states).isNotEmpty();
    }
  }

  /** Copies of a run directory at moments of its run, the last one after a kill. */
  private List<Path> halted(Path config, SplittableRandom random, int threads) throws Exception {
    Path out = folder.resolve("run");
    Subject.clear(out);
    Process process = start(SmallRun.resume(config, out, threads));
    List<Path> states = new ArrayList<>();
    try {
      while (process.isAlive() && !Files.exists(out)) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      while (process.isAlive() && states.size() < STATES) {
        process.waitFor(random.nextInt(2000 / STATES + 1), TimeUnit.MILLISECONDS);
        halt(process);
        states.add(copy(out, folder.resolve("state" + states.size())));
        signal(process, "CONT");
      }
      process.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
    states.add(copy(out, folder.resolve("killed")));
    return states;
  }

  static Process start(String... words) throws IOException {
    return java(words).start();
  }

  /** A process of its own; what it says is lost. */
  static ProcessBuilder java(String... words) {
    List<String> options =
        new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    options.addAll(ChildJava.VECTORS);
    return new ProcessBuilder(ChildJava.command(options, Main.class, words))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  /** Halts it. The signal alone returns while a thread may still be within a write or a rename. */
  static void halt(Process process) throws Exception {
    signal(process, "STOP");
    while (process.isAlive() && !halted(process)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static boolean halted(Process process) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", "" + process.pid(), "task"))) {
      for (Path task : tasks.toList()) {
        String stat = Files.readString(task.resolve("stat"));
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    } catch (IOException over) {
      return false; // a thread, or the process, ended meanwhile
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Subject.clear(to);
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from, new FileVisitOption[0])) {
      all = walk.toList();
    }
    for (Path file : all) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
    return to;
  }

  /** Clocks that jumped: files of the future and of long ago. */
  private static void setTimes(Path state, SplittableRandom random) throws IOException {
    try (Stream<Path> all = Files.walk(state)) {
      for (Path file : all.toList()) {
        Instant time = Instant.ofEpochSecond(random.nextLong(-100_000_000L, 8_000_000_000L));
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }

  /** One of two programs that begin in one folder at once does the work; the other says so. */
  @Test
  void ofTwoProgramsInOneFolderOneWorks() throws Exception {
    SmallRun run = SmallRun.all().get(0);
    Path config = run.write(folder);
    Path whole = run.undisturbed(config, folder.resolve("whole"));
    for (int number : record.open("TWO", run.name(), CampaignRecord.wanted(1)).toArray()) {
      Path out = folder.resolve("two" + number);
      SplittableRandom random = new SplittableRandom(number);
      Process other = start(SmallRun.resume(config, out, 1));
      while (other.isAlive() && !Files.exists(out.resolve(".latticelift.lock"))) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      other.waitFor(random.nextInt(1200), TimeUnit.MILLISECONDS);
      Verdict mine =
          new Judge(Set.of(0, 73), 120).judge(Use.command(SmallRun.resume(config, out, 1)));
      int theirs = other.waitFor();
      List<String> findings = new ArrayList<>();
      mine.finding().ifPresent(findings::add);
      if (mine.code() == 73 && !mine.err().contains("another process works in the folder")) {
        findings.add(mine.err());
      }
      boolean refused = mine.code() == 73 || theirs == 73;
      if (mine.code() != 0 && theirs != 0 || !refused && (mine.code() != 0 || theirs != 0)) {
        findings.add("exit codes " + mine.code() + " and " + theirs);
      }
      findings.addAll(SmallRun.differences(whole, out));
      findings.forEach(what -> record.tell("TWO " + number + ": " + what));
      record.add("TWO", run.name(), 1, findings.size(), 0);
      assertThat(findings).as("two programs, " + number).isEmpty();
      Subject.clear(out);
    }
  }
}
