package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.bench.campaign.Judge.Use;
import org.latticelift.bench.campaign.Judge.Verdict;

/**
 * Files that are cut, have another bit, or are mutated: each is read or refused, with one line.
 * {@code -Dcampaign.cases=N} of each kind of damage and file, {@code -Dcampaign.only=REGEX} of some
 * files, {@code -Dcampaign.damage=REGEX} of some kinds.
 */
@Tag("hostile")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedInputsTest {
  private static final int FEW = 3;
  private static final int MOST_SHOWN = 20;
  private static final Judge JUDGE = Judge.allowing(0, 65, 66, 69, 76);

  private final CampaignRecord record = CampaignRecord.open();

  private List<Subject> files;
  private Path here;

  @BeforeAll
  void make(@TempDir Path folder) throws IOException {
    files = ReadFiles.make(Files.createDirectory(folder.resolve("valid")));
    here = folder.resolve("case");
  }

  Stream<Subject> subjects() {
    String only = System.getProperty("campaign.only", "");
    return files.stream().filter(file -> only.isEmpty() || file.name().matches(only));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aValidFileIsRead(Subject subject) throws Exception {
    for (int use = 0; use < subject.uses().apply(here).size(); use++) {
      subject.place(here, subject.valid());
      Verdict verdict = JUDGE.judge(subject.uses().apply(here).get(use));
      assertThat(verdict.code()).as(subject + " " + use + verdict).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aDamagedFileIsReadOrRefused(Subject subject) throws Exception {
    List<String> findings = new ArrayList<>();
    for (Damage damage : damages()) {
      int wanted = damage.most(subject.valid(), CampaignRecord.wanted(FEW));
      for (int number : record.open(damage.name(), subject.name(), wanted).toArray()) {
        long start = System.nanoTime();
        List<String> found = judge(subject, damage.apply(subject.valid(), number));
        found.stream()
            .map(what -> subject + " " + damage + " " + number + ": " + what)
            .forEach(findings::add);
        found.forEach(what -> record.tell(subject + " " + damage + " " + number + ": " + what));
        record.add(
            damage.name(), subject.name(), 1, found.size(), 1e-9 * (System.nanoTime() - start));
      }
    }
    assertThat(findings.subList(0, Math.min(MOST_SHOWN, findings.size())))
        .as("%s: %d findings", subject, findings.size())
        .isEmpty();
  }

  private static List<Damage> damages() {
    String only = System.getProperty("campaign.damage", ".*");
    return Stream.of(Damage.values()).filter(damage -> damage.name().matches(only)).toList();
  }

  private List<String> judge(Subject subject, byte[] content) throws Exception {
    List<String> found = new ArrayList<>();
    int uses = subject.uses().apply(here).size();
    for (int use = 0; use < uses; use++) {
      Path file = subject.place(here, content);
      Use one = subject.uses().apply(here).get(use);
      Verdict verdict = JUDGE.judge(one);
      String where = "use " + use + ": ";
      verdict.finding().ifPresent(what -> found.add(where + what));
      Subject.halves(here).forEach(half -> found.add(where + "leaves " + half));
      try (Stream<Path> left = Files.list(here)) {
        if (verdict.code() != 0) {
          left.filter(o -> o.getFileName().toString().startsWith("o."))
              .forEach(o -> found.add(where + verdict.code() + " leaves " + o));
        }
      }
    }
    return found;
  }
}
