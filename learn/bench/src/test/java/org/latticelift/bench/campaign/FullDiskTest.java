package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.bench.campaign.Judge.Use;
import org.latticelift.bench.campaign.Judge.Verdict;

/**
 * A disk that is full, of bytes or of files, at every place where a run writes: the run ends with
 * 73, keeps what it had committed, and goes on when there is a little more room, until it is what
 * it is on a large disk. {@code -Dcampaign.cases=N} ways up for each system; the third goes page by
 * page.
 */
@Tag("hostile")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {
  private static final int MANY = 1 << 20;
  private static final int PAGE = 4;
  private static final Judge JUDGE = new Judge(Set.of(0, 73), 60);

  private final CampaignRecord record = CampaignRecord.open();

  @TempDir private Path folder;
  private Path tiny;

  @BeforeAll
  void make(@TempDir Path shared) {
    tiny = shared.resolve("tiny");
    Path config = TinyRun.write(shared.resolve("tiny.yaml"), TinyRun.CONFIG);
    assertThat(TinyRun.run("kmc", "" + config, "--out", "" + tiny, "--quiet").code()).isZero();
  }

  static Stream<SmallRun> runs() {
    return SmallRun.chosen();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aRunGoesOnAsRoomAllows(SmallRun run) throws Exception {
    Path config = run.write(folder);
    Path whole = run.undisturbed(config, folder.resolve("whole"));
    int[] ways = record.open("FULL", run.name(), CampaignRecord.wanted(1)).toArray();
    for (int way : ways) {
      long start = System.nanoTime();
      List<String> findings = new ArrayList<>();
      int failures = climb(config, whole, new SplittableRandom(way), way, findings);
      record.add("FULL", run.name(), 1, findings.size(), 1e-9 * (System.nanoTime() - start));
      record.add("FULL-failures", run.name(), failures, 0, 0);
      findings.forEach(what -> record.tell("FULL " + run.name() + " " + way + ": " + what));
      assertThat(findings).as("%s, way %d", run.name(), way).isEmpty();
      assertThat(failures).isPositive();
    }
  }

  /** Even ways are short of bytes, odd ones of files. */
  private int climb(
      Path config, Path whole, SplittableRandom random, int way, List<String> findings)
      throws Exception {
    boolean bytes = way % 2 == 0;
    long room = bytes ? PAGE : 2;
    int failures = 0;
    try (Tmpfs disk =
        Tmpfs.mount(folder.resolve("disk"), bytes ? room : MANY, bytes ? MANY : room)) {
      Path out = disk.folder().resolve("run");
      List<String> kept = List.of();
      for (int tries = 0; tries < 5000; tries++) {
        Verdict verdict = JUDGE.judge(Use.command(SmallRun.resume(config, out, 1)));
        String where = (bytes ? "at KiB " : "at files ") + room + ": ";
        verdict.finding().ifPresent(what -> findings.add(where + what));
        if (verdict.code() == 0) {
          SmallRun.differences(whole, out).forEach(what -> findings.add(where + what));
          return failures;
        }
        failures++;
        kept = checked(out, kept, where, findings);
        if (findings.size() > 5) {
          return failures;
        }
        room += bytes ? (way == 2 ? PAGE : PAGE * random.nextInt(1, 32)) : 1;
        disk.resize(bytes ? room : MANY, bytes ? MANY : room);
      }
    }
    throw new IllegalStateException("no end");
  }

  /** What was committed is still there, nothing is half. */
  private static List<String> checked(
      Path out, List<String> before, String where, List<String> findings) throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    Subject.halves(out).stream()
        .filter(half -> !half.endsWith("checksums.sha256.partial"))
        .forEach(half -> findings.add(where + "leaves " + half));
    Path list = out.resolve("checksums.sha256");
    if (!Files.exists(list)) {
      return List.of();
    }
    List<String> now = List.copyOf(SmallRun.listed(out).keySet());
    List<String> lost = new ArrayList<>(before);
    lost.removeAll(now);
    lost.removeIf(name -> name.contains("/")); // checkpoints, logs and parts end with their stage
    lost.forEach(name -> findings.add(where + "has lost " + name));
    return now;
  }

  /** Commands that write one file: all or nothing of it. */
  @ParameterizedTest
  @MethodSource("commands")
  void aFileIsWrittenWholeOrNotAtAll(String line) throws Exception {
    String[] words = line.replace("RUN", "" + tiny).split(" ");
    List<String> findings = new ArrayList<>();
    int failures = 0;
    try (Tmpfs disk = Tmpfs.mount(folder.resolve("disk"), PAGE, MANY)) {
      String[] args =
          Stream.of(words).map(w -> w.replace("DISK", "" + disk.folder())).toArray(String[]::new);
      for (long room = PAGE; ; room += PAGE) {
        disk.resize(room, MANY);
        Verdict verdict = JUDGE.judge(Use.command(args));
        String where = "at KiB " + room + ": ";
        verdict.finding().ifPresent(what -> findings.add(where + what));
        if (verdict.code() == 0 || findings.size() > 3) {
          break;
        }
        failures++;
        TinyRun.files(disk.folder()).forEach(file -> findings.add(where + "leaves " + file));
      }
    }
    record.add(
        "FULL-file",
        words[0] + "-" + words[words.length - 1].replaceAll(".*[./]", ""),
        failures,
        findings.size(),
        0);
    assertThat(findings).as(line).isEmpty();
  }

  static Stream<String> commands() {
    return Stream.of(
        "export RUN/final.h5 --condition T2000/run0 --to xyz --out DISK/o.xyz",
        "export RUN/final.h5 --condition T2000/run0 --to lammps --out DISK/o.dump",
        "export RUN/final.h5 --condition T2000/run0 --to lammps-data --out DISK/o.data",
        "export RUN/final.h5 --condition T2000/run0 --to cif --out DISK/o.cif",
        "export RUN/final.h5 --condition T2000/run0 --to poscar --out DISK/POSCAR",
        "export RUN/final.h5 --condition T2000/run0 --to vtkhdf --out DISK/o.vtkhdf",
        "export RUN/trajectory.h5 --to csv --out DISK/o.csv",
        "draw RUN/final.h5 --condition T2000/run0 --out DISK/o.svg",
        "draw RUN/final.h5 --condition T2000/run0 --out DISK/o.png",
        "new alloy DISK/o.yaml");
  }
}
