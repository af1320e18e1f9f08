package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** What belongs to others survives byte for byte, whatever the mode. */
class ForeignContentTest {
  private static final String SUM = "0".repeat(64);

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void root() {
    root = folder.resolve("run");
  }

  private RunDirectory open(OpenMode mode) {
    return RunDirectory.open(root, mode, "f1");
  }

  private static void put(RunDirectory directory, String name, String text) {
    directory.commit(name, beside -> Files.writeString(beside, text));
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void aRun() {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      put(directory, "a.h5", "ours");
      put(directory, "pairs/shard-1.h5", "ours, too");
    }
  }

  private void manifest(String lines) throws IOException {
    write(Manifest.NAME, "# latticelift run f1\n" + lines);
  }

  /** Content of every file below a folder, links by where they lead. */
  private static Map<String, String> photograph(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        String name = folder.relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          content.put(name, "-> " + Files.readSymbolicLink(file));
        } else if (Files.isRegularFile(file)) {
          byte[] bytes = Files.readAllBytes(file);
          content.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
        } else {
          content.put(name, "a folder");
        }
      }
    }
    return content;
  }

  @ParameterizedTest
  @EnumSource(OpenMode.class)
  void aFolderThatIsNoRunIsRefusedAndUntouched(OpenMode mode) throws IOException {
    write("thesis.tex.partial", "half a chapter");
    write("deep/below/video.mp4.partial", "half a video");
    write("a.h5", "measured last year");
    write("checksums.sha256.partial", "of somebody else");
    Map<String, String> before = photograph(folder);
    assertFails(ExitCode.OUTPUT, () -> open(mode), root.toString(), "another --out");
    assertThat(photograph(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {".hidden", "x.partial", ".latticelift.lock", "checksums.sha256.partial"})
  void oneForeignFileMakesAFolderForeign(String name) throws IOException {
    write(name, "not ours");
    Map<String, String> before = photograph(folder);
    for (OpenMode mode : OpenMode.values()) {
      assertFails(ExitCode.OUTPUT, () -> open(mode), root.toString());
    }
    assertThat(photograph(folder)).isEqualTo(before);
  }

  @Test
  void anEmptyFolderInsideMakesAFolderForeign() throws IOException {
    Files.createDirectories(root.resolve("a.h5"));
    for (OpenMode mode : OpenMode.values()) {
      assertFails(ExitCode.OUTPUT, () -> open(mode), root.toString());
    }
    assertThat(photograph(root)).containsOnlyKeys("", "a.h5");
  }

  @ParameterizedTest
  @EnumSource(
      value = OpenMode.class,
      names = {"RESUME", "OVERWRITE"})
  void foreignFilesInsideARunSurvive(OpenMode mode) throws IOException {
    aRun();
    write("notes.partial", "mine");
    write("pairs/shard-1.h5.partial", "mine");
    write("pairs/shard-2.h5", "mine");
    write(".hidden", "mine");
    Map<String, String> before = photograph(root);
    open(mode).close();
    Map<String, String> after = photograph(root);
    for (String name : before.keySet()) {
      if (before.get(name).equals("mine")) {
        assertThat(after).containsEntry(name, "mine");
      }
    }
    boolean kept = mode == OpenMode.RESUME;
    assertThat(after.containsKey("a.h5")).isEqualTo(kept);
    assertThat(after.containsKey("pairs/shard-1.h5")).isEqualTo(kept);
  }

  @Test
  void aForeignFileOfOurNameIsNotReplaced() throws IOException {
    open(OpenMode.NEW).close();
    write("a.h5", "mine");
    for (OpenMode mode : new OpenMode[] {OpenMode.RESUME, OpenMode.OVERWRITE}) {
      try (RunDirectory directory = open(mode)) {
        assertFails(
            ExitCode.OUTPUT,
            () -> put(directory, "a.h5", "ours"),
            "not written by this run",
            "a.h5");
        assertFails(ExitCode.OUTPUT, () -> directory.requireFree("a.h5"), "a.h5");
        directory.requireFree("b.h5");
        directory.delete("a.h5");
      }
      assertThat(root.resolve("a.h5")).hasContent("mine");
    }
  }

  @Test
  void aForeignFileBesideIsNotReplaced() throws IOException {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      Path beside = Files.writeString(directory.beside("a.h5"), "mine");
      assertFails(ExitCode.OUTPUT, () -> put(directory, "a.h5", "ours"), beside.toString());
      assertThat(beside).hasContent("mine");
      assertThat(directory.complete("a.h5")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../victim.txt",
        "sub/../../victim.txt",
        "./../victim.txt",
        "/victim.txt",
        "..",
        ".",
        "",
        "sub//victim.txt",
        "checksums.sha256",
        ".latticelift.lock"
      })
  void aListThatLeavesTheFolderIsRefused(String name) throws IOException {
    Files.createDirectories(root.resolve("sub"));
    Path victim = Files.writeString(folder.resolve("victim.txt"), "mine");
    for (String line : new String[] {SUM + "  " + name, "# writing " + SUM + " " + name}) {
      String absolute = name.startsWith("/") ? line.replace("/victim", folder + "/victim") : line;
      manifest(absolute + "\n");
      for (OpenMode mode : new OpenMode[] {OpenMode.RESUME, OpenMode.OVERWRITE}) {
        assertFails(ExitCode.BAD_DATA, () -> open(mode), "damaged", Manifest.NAME + ":2");
      }
    }
    assertThat(victim).hasContent("mine");
  }

  @ParameterizedTest
  @EnumSource(
      value = OpenMode.class,
      names = {"RESUME", "OVERWRITE"})
  void aLinkOutOfTheFolderIsNotFollowed(OpenMode mode) throws IOException {
    aRun();
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.move(root.resolve("pairs/shard-1.h5"), elsewhere.resolve("shard-1.h5"));
    Files.delete(root.resolve("pairs"));
    Files.createSymbolicLink(root.resolve("pairs"), elsewhere);
    Map<String, String> before = photograph(elsewhere);
    if (mode == OpenMode.OVERWRITE) {
      assertFails(ExitCode.OUTPUT, () -> open(mode), "symbolic link", "pairs");
      assertThat(root.resolve("a.h5")).hasContent("ours");
    } else {
      try (RunDirectory directory = open(mode)) {
        assertFails(
            ExitCode.OUTPUT, () -> put(directory, "pairs/shard-1.h5", "x"), "symbolic link");
        assertFails(ExitCode.OUTPUT, () -> directory.delete("pairs/shard-1.h5"), "symbolic link");
      }
    }
    assertThat(photograph(elsewhere)).isEqualTo(before);
  }

  @Test
  void ofARecordedNameThatIsALinkOnlyTheLinkIsRemoved() throws IOException {
    aRun();
    Path archived = folder.resolve("archived.h5");
    Files.move(root.resolve("a.h5"), archived);
    Files.createSymbolicLink(root.resolve("a.h5"), archived);
    open(OpenMode.OVERWRITE).close();
    assertThat(Files.exists(root.resolve("a.h5"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(archived).hasContent("ours");
  }

  @ParameterizedTest
  @ValueSource(strings = {FolderLock.NAME, "checksums.sha256.partial"})
  void aLinkAtOneOfOurNamesDoesNotLeadOut(String name) throws IOException {
    aRun();
    Path victim = Files.writeString(folder.resolve("victim.txt"), "mine");
    Files.deleteIfExists(root.resolve(name));
    Files.createSymbolicLink(root.resolve(name), victim);
    for (OpenMode mode : OpenMode.values()) {
      assertFails(ExitCode.OUTPUT, () -> open(mode), root.toString());
    }
    assertThat(victim).hasContent("mine");
    assertThat(root.resolve("a.h5")).hasContent("ours");
  }

  @Test
  void aResultThatSomebodyHasChangedIsNotOverwritten() throws IOException {
    aRun();
    write("a.h5", "edited by hand");
    Map<String, String> before = photograph(root);
    assertFails(ExitCode.BAD_DATA, () -> open(OpenMode.OVERWRITE), "sha256", "a.h5");
    before.remove(FolderLock.NAME);
    assertThat(photograph(root)).containsAllEntriesOf(before);
  }

  @Test
  void aListOfRandomBytesIsBadData() throws IOException {
    byte[] bytes = new byte[5000];
    new Random(3).nextBytes(bytes);
    Files.createDirectories(root);
    Files.write(root.resolve(Manifest.NAME), bytes);
    Map<String, String> before = photograph(folder);
    assertFails(ExitCode.OUTPUT, () -> open(OpenMode.NEW), "not empty");
    for (OpenMode mode : new OpenMode[] {OpenMode.RESUME, OpenMode.OVERWRITE}) {
      assertFails(ExitCode.BAD_DATA, () -> open(mode), "damaged", Manifest.NAME);
    }
    byte[] header = "# latticelift run f1\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(header, 0, bytes, 0, header.length);
    Files.write(root.resolve(Manifest.NAME), bytes);
    assertFails(ExitCode.BAD_DATA, () -> open(OpenMode.RESUME), "damaged", Manifest.NAME);
    Files.write(root.resolve(Manifest.NAME), new byte[0]);
    assertFails(ExitCode.BAD_DATA, () -> open(OpenMode.RESUME), "damaged", Manifest.NAME);
    assertThat(before).hasSize(3);
  }

  /** What a run leaves that was killed before its list was there. */
  @ParameterizedTest
  @ValueSource(strings = {"", "# lat", "# latticelift run f1\n", "no list"})
  void aRunKilledBeforeItsFirstListCanBeginAgain(String list) throws IOException {
    write(FolderLock.NAME, "process 12345\n");
    if (!list.equals("no list")) {
      write("checksums.sha256.partial", list);
    }
    try (RunDirectory directory = open(OpenMode.RESUME)) {
      put(directory, "a", "1");
      assertThat(directory.results()).containsExactly("a");
    }
    assertThat(root.resolve("checksums.sha256.partial")).doesNotExist();
  }

  @Test
  void whatAKilledRunWasWritingIsRemoved() throws IOException {
    aRun();
    assertThatThrownBy(
            () -> {
              try (RunDirectory killed =
                  RunDirectory.open(root, OpenMode.RESUME, "f1", new Killed())) {
                put(killed, "new/b.h5", "half");
              }
            })
        .isInstanceOf(Error.class);
    try (RunDirectory directory = RunDirectory.join(root, null)) {
      Files.writeString(directory.beside("new/b.h5"), "half");
    }
    try (RunDirectory directory = open(OpenMode.RESUME)) {
      assertThat(directory.beside("new/b.h5")).doesNotExist();
      put(directory, "new/b.h5", "whole");
    }
    assertThat(root.resolve("new/b.h5")).hasContent("whole");
  }

  /** The process ends when it makes the file durable that it has written. */
  private static final class Killed implements Disk {
    @Override
    public void forceFile(Path file) throws IOException {
      if (file.getFileName().toString().startsWith("b.h5")) {
        throw new Error("killed");
      }
      Disk.super.forceFile(file);
    }
  }

  @Test
  void twoAtOnceInOneNewFolder() throws Exception {
    int runs = 8;
    var won = new java.util.concurrent.atomic.AtomicInteger();
    var refused = new java.util.concurrent.atomic.AtomicInteger();
    var begin = new java.util.concurrent.CyclicBarrier(runs);
    var hold = new java.util.concurrent.CountDownLatch(runs);
    Runnable one =
        () -> {
          try {
            begin.await();
            try (RunDirectory directory = open(OpenMode.NEW)) {
              put(directory, "a", "of one");
              hold.countDown();
              hold.await();
              won.incrementAndGet();
            }
          } catch (LatticeLiftException e) {
            refused.incrementAndGet();
            hold.countDown();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    Thread[] threads = Stream.generate(() -> new Thread(one)).limit(runs).toArray(Thread[]::new);
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(won).hasValue(1);
    assertThat(refused).hasValue(runs - 1);
    assertThat(root.resolve("a")).hasContent("of one");
  }

  /** A list as versions before announcements wrote it, and what a killed run left beside. */
  @Test
  void anOlderRunIsResumed() throws IOException {
    aRun();
    String list = Files.readString(root.resolve(Manifest.NAME));
    assertThat(list.lines().skip(1)).allMatch(line -> line.matches("[0-9a-f]{64}  .*"));
    write("pairs/shard-2.h5.partial", "half, of an older version");
    try (RunDirectory directory = open(OpenMode.RESUME)) {
      assertThat(directory.complete("a.h5")).isTrue();
      put(directory, "pairs/shard-2.h5", "whole");
    }
    assertThat(root.resolve("pairs/shard-2.h5")).hasContent("whole");
    assertThat(root.resolve("pairs/shard-2.h5.partial")).hasContent("half, of an older version");
  }

  @Test
  void aFolderAroundRunsIsOursIfTheRunsAre() throws IOException {
    Path part = root.resolve("one");
    RunDirectory.open(part, OpenMode.NEW, "f1").close();
    write("table.csv", "mine");
    assertFails(
        ExitCode.OUTPUT,
        () -> RunDirectory.openAround(root, OpenMode.NEW, "x", java.util.List.of(part)),
        "no run");
    try (RunDirectory around =
        RunDirectory.openAround(root, OpenMode.RESUME, "x", java.util.List.of(part))) {
      assertFails(ExitCode.OUTPUT, () -> put(around, "table.csv", "ours"), "table.csv");
      put(around, "other.csv", "ours");
    }
    assertThat(root.resolve("table.csv")).hasContent("mine");
    Files.delete(root.resolve(Manifest.NAME));
    write(Manifest.BESIDE, "mine");
    assertFails(
        ExitCode.OUTPUT,
        () -> RunDirectory.openAround(root, OpenMode.OVERWRITE, "x", java.util.List.of(part)),
        Manifest.BESIDE);
    assertThat(root.resolve(Manifest.BESIDE)).hasContent("mine");
  }

  @Test
  void singleFilesLeaveWhatLiesBeside() throws IOException {
    Path file = folder.resolve("out.csv");
    Path beside = Files.writeString(folder.resolve("out.csv.partial"), "mine");
    SingleFile.write(file, false, path -> Files.writeString(path, "ours"));
    assertThat(file).hasContent("ours");
    assertThat(beside).hasContent("mine");
    assertThat(photograph(folder)).hasSize(3);
  }

  @Test
  void singleFilesDoNotReplaceWhatAnotherHasWrittenMeanwhile() throws IOException {
    Path file = folder.resolve("out.csv");
    assertFails(
        ExitCode.OUTPUT,
        () ->
            SingleFile.write(
                file,
                false,
                path -> {
                  Files.writeString(path, "ours");
                  Files.writeString(file, "of the faster one");
                }),
        "the file exists");
    assertThat(file).hasContent("of the faster one");
    assertThat(photograph(folder)).hasSize(2);
  }
}
