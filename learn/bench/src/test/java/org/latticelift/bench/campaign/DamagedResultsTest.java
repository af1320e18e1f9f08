package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.bench.campaign.Judge.Use;
import org.latticelift.bench.campaign.Judge.Verdict;

/**
 * Damage in run directories. A file that its list knows is never read when it is another: results,
 * checkpoints, logs and parts. The list itself: a damaged one leads to an error, or to the same
 * results (a name without a file is that of a file that somebody has removed). A result whose
 * checksum was made to fit is read or refused, as any file.
 */
@Tag("hostile")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedResultsTest {
  private static final String LIST = "checksums.sha256";
  private static final Judge REFUSES = new Judge(Set.of(65), 60);
  private static final Judge ANY = new Judge(Set.of(0, 65, 66, 73, 76), 60);

  private final CampaignRecord record = CampaignRecord.open();

  @TempDir private Path folder;
  private Path shared;

  /** A run directory as it is at some moment, in memory. */
  private record State(Map<String, byte[]> files) {
    static State of(Path run) throws IOException {
      Map<String, byte[]> files = new TreeMap<>();
      for (String name : TinyRun.files(run)) {
        files.put(name, Files.readAllBytes(run.resolve(name)));
      }
      return new State(files);
    }

    /** Puts it there, with one file another. */
    Path put(Path out, String name, byte[] content) throws IOException {
      Subject.clear(out);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path to = out.resolve(file.getKey());
        Files.createDirectories(to.getParent());
        Files.write(to, file.getKey().equals(name) ? content : file.getValue());
      }
      return out;
    }

    /** Without some files, also in the list. */
    State without(String... names) {
      Map<String, byte[]> left = new TreeMap<>(files);
      String list = new String(files.get(LIST));
      for (String name : names) {
        left.keySet().removeIf(file -> file.matches(name));
        list = list.replaceAll("(?m)^[0-9a-f]{64}  " + name + "\n", "");
      }
      left.put(LIST, list.getBytes());
      return new State(left);
    }

    /** With a checksum that fits. */
    State forged(String name, byte[] content) throws Exception {
      Map<String, byte[]> other = new TreeMap<>(files);
      String list = new String(files.get(LIST));
      other.put(LIST, list.replace(sum(files.get(name)), sum(content)).getBytes());
      return new State(other);
    }

    private static String sum(byte[] content) throws Exception {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
  }

  @BeforeAll
  void make(@TempDir Path temporary) {
    shared = temporary;
  }

  private State complete(SmallRun run) throws IOException {
    Path whole = shared.resolve(run.name() + "-whole");
    Path config = run.write(shared);
    return State.of(Files.exists(whole) ? whole : run.undisturbed(config, whole));
  }

  /** States of a process that is halted again and again. */
  private List<State> underWay(SmallRun run, int number) throws Exception {
    Path out = folder.resolve("under-way");
    Subject.clear(out);
    Process process = KilledStatesTest.start(SmallRun.resume(run.write(shared), out, 1));
    SplittableRandom random = new SplittableRandom(number);
    List<State> states = new ArrayList<>();
    while (!process.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS)) {
      KilledStatesTest.halt(process);
      if (Files.exists(out.resolve(LIST))) {
        states.add(State.of(out));
      }
      KilledStatesTest.signal(process, "CONT");
    }
    return states;
  }

  static Stream<SmallRun> runs() {
    return SmallRun.chosen();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aKnownFileThatIsAnotherIsNeverRead(SmallRun run) throws Exception {
    int[] numbers = record.open("KNOWN", run.name(), CampaignRecord.wanted(20)).toArray();
    if (numbers.length == 0) {
      return;
    }
    List<State> states = new ArrayList<>(List.of(complete(run)));
    states.addAll(underWay(run, numbers[0]));
    List<String> findings = new ArrayList<>();
    for (int number : numbers) {
      SplittableRandom random = new SplittableRandom(number);
      State state = states.get(random.nextInt(states.size()));
      List<String> known = known(state);
      if (known.isEmpty()) {
        continue;
      }
      String name = known.get(random.nextInt(known.size()));
      Damage damage = Damage.values()[random.nextInt(2)];
      byte[] content = damage.apply(state.files().get(name), number);
      Path out = state.put(folder.resolve("out"), name, content);
      Verdict verdict = REFUSES.judge(Use.command(SmallRun.resume(run.write(shared), out, 1)));
      String what = "KNOWN " + run.name() + " " + number + " " + damage + " " + name + ": ";
      verdict.finding().ifPresent(wrong -> findings.add(what + wrong));
      if (verdict.code() == 65 && !verdict.err().contains(name)) {
        findings.add(what + "does not name it: " + verdict.err());
      }
    }
    findings.forEach(record::tell);
    record.add("KNOWN", run.name(), numbers.length, findings.size(), 0);
    assertThat(findings).isEmpty();
  }

  /** Files that are in the list as complete. */
  private static List<String> known(State state) {
    List<String> known = new ArrayList<>();
    for (String line : new String(state.files().get(LIST)).split("\n")) {
      String name = line.length() > 66 && !line.startsWith("#") ? line.substring(66) : "";
      if (state.files().getOrDefault(name, new byte[0]).length > 0) {
        known.add(name);
      }
    }
    return known;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aDamagedListIsRefusedOrHarmless(SmallRun run) throws Exception {
    State whole = complete(run);
    Path undisturbed = shared.resolve(run.name() + "-whole");
    List<String> findings = new ArrayList<>();
    byte[] valid = whole.files().get(LIST);
    for (Damage damage : Damage.values()) {
      int wanted = damage.most(valid, CampaignRecord.wanted(4));
      for (int number : record.open("LIST-" + damage, run.name(), wanted).toArray()) {
        Path out = whole.put(folder.resolve("out"), LIST, damage.apply(valid, number));
        Verdict verdict = ANY.judge(Use.command(SmallRun.resume(run.write(shared), out, 1)));
        String what = "LIST " + run.name() + " " + damage + " " + number + ": ";
        List<String> found = new ArrayList<>();
        verdict.finding().ifPresent(wrong -> found.add(what + wrong));
        if (verdict.code() == 0) {
          SmallRun.differentResults(undisturbed, out).forEach(wrong -> found.add(what + wrong));
        }
        found.forEach(record::tell);
        findings.addAll(found);
        record.add("LIST-" + damage, run.name(), 1, found.size(), 0);
      }
    }
    assertThat(findings).isEmpty();
  }

  /** Stages on results that somebody has changed together with their checksums. */
  @Test
  void aForgedResultIsReadOrRefused() throws Exception {
    String later = "(large|pairs|model|ensemble|evaluation).*|certificate.csv|report/.*";
    forged("chain", "snapshots.h5", "lift", later);
    forged(
        "chain",
        "pairs.h5",
        "train",
        "model.h5|ensemble.h5|evaluation.*|certificate.csv|report/.*");
    forged("chain", "model.h5", "ensemble", "ensemble.h5|evaluation.*|certificate.csv|report/.*");
    forged("chain", "ensemble.h5", "evaluate", "evaluation.*|certificate.csv|report/.*");
    forged("chain", "trajectory.h5", "evaluate", "evaluation.*|certificate.csv|report/.*");
    forged("chain", "evaluation.h5", "report", "certificate.csv|report/.*");
    forged("chain", "wall-times.csv", "report", "certificate.csv|report/.*");
    forged("chain", "simulate.csv", "evaluate", "evaluation.*|certificate.csv|report/.*");
    if (Boolean.getBoolean("campaign.all")) {
      forged(
          "fields", "closure.h5", "ensemble", "ensemble.h5|evaluation.*|certificate.csv|report/.*");
      forged(
          "fields",
          "latent.h5",
          "train",
          "model.h5|ensemble.h5|evaluation.*|certificate.csv|report/.*");
      forged("alloy", "snapshots.h5", "lift", later);
    }
  }

  private void forged(String system, String name, String stage, String outputs) throws Exception {
    SmallRun run =
        SmallRun.all().stream().filter(r -> r.name().equals(system)).findFirst().orElseThrow();
    int[] numbers =
        record.open("FORGED-" + stage, system + "-" + name, CampaignRecord.wanted(2)).toArray();
    if (numbers.length == 0) {
      return;
    }
    State state = complete(run).without(outputs);
    List<String> findings = new ArrayList<>();
    long start = System.nanoTime();
    for (int number : numbers) {
      byte[] content = Damage.values()[number % 3].apply(state.files().get(name), number);
      Path out = state.forged(name, content).put(folder.resolve("out"), name, content);
      String[] words = SmallRun.resume(run.write(shared), out, 1);
      words[0] = stage;
      Verdict verdict = ANY.judge(Use.command(words));
      String what = "FORGED " + name + " " + stage + " " + number + ": ";
      verdict.finding().ifPresent(wrong -> findings.add(what + wrong));
      Subject.halves(out).forEach(half -> findings.add(what + "leaves " + half));
    }
    findings.forEach(record::tell);
    double seconds = 1e-9 * (System.nanoTime() - start);
    record.add("FORGED-" + stage, system + "-" + name, numbers.length, findings.size(), seconds);
    assertThat(findings).isEmpty();
  }
}
