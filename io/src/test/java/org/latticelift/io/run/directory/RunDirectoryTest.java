package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;

class RunDirectoryTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void root() {
    root = folder.resolve("runs/a");
  }

  private RunDirectory open(OpenMode mode) {
    return RunDirectory.open(root, mode, "f1");
  }

  private static void put(RunDirectory directory, String name, String text) {
    directory.commit(name, beside -> Files.writeString(beside, text));
  }

  @Test
  void committedFilesAreCompleteAfterResume() throws Exception {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      put(directory, "pairs/shard-1.h5", "one");
      put(directory, "b.txt", "two");
      assertThat(directory.complete("b.txt")).isTrue();
      assertThat(directory.complete("c.txt")).isFalse();
      assertThat(directory.checksum("b.txt"))
          .isEqualTo("3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3");
    }
    Files.writeString(root.resolve("unrecorded.h5"), "x");
    try (RunDirectory directory = open(OpenMode.RESUME)) {
      assertThat(directory.complete("pairs/shard-1.h5")).isTrue();
      assertThat(directory.complete("unrecorded.h5")).isFalse();
      assertThat(directory.results()).containsExactly("b.txt", "pairs/shard-1.h5");
      directory.delete("b.txt");
      assertThat(directory.complete("b.txt")).isFalse();
      assertThat(root.resolve("b.txt")).doesNotExist();
    }
  }

  @Test
  void sha256sumUnderstandsTheList() {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      put(directory, "a b.txt", "one");
    }
    String check = "cd '" + root + "' && sha256sum -c " + Manifest.NAME;
    assertThat(ExternalTool.run("bash", "-c", check)).contains("a b.txt: OK");
  }

  @Test
  void resumeOfNothingStarts() {
    try (RunDirectory directory = open(OpenMode.RESUME)) {
      put(directory, "a", "1");
      assertThat(directory.file("a")).hasContent("1");
    }
  }

  @Test
  void overwriteRemovesResultsAndNothingElse() throws Exception {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      put(directory, "a", "1");
    }
    Files.writeString(root.resolve("notes.txt"), "mine");
    try (RunDirectory directory = RunDirectory.open(root, OpenMode.OVERWRITE, "f2")) {
      assertThat(directory.results()).isEmpty();
    }
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(root.resolve("notes.txt")).exists();
  }

  @Test
  void aFailedReplacementKeepsTheEarlierFile() {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      put(directory, "a", "old");
      assertThatThrownBy(
              () ->
                  directory.commit(
                      "a",
                      beside -> {
                        Files.writeString(beside, "ne");
                        throw new IllegalStateException("bug");
                      }))
          .hasMessage("bug");
      assertThat(directory.complete("a")).isTrue();
      assertThat(directory.file("a")).hasContent("old");
      assertThat(root.resolve("a.partial")).doesNotExist();
    }
  }

  @Test
  void anotherProcessFindsTheLock() {
    String program =
        """
        import sys, fcntl
        try:
            fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)
            print('free')
        except OSError:
            print('locked')
        """;
    String lock = root.resolve(FolderLock.NAME).toString();
    try (RunDirectory directory = open(OpenMode.NEW)) {
      assertThat(directory.results()).isEmpty();
      assertThatThrownBy(() -> open(OpenMode.RESUME)).hasMessageContaining("another process");
      assertThat(ExternalTool.run("python3", "-c", program, lock)).contains("locked");
    }
    assertThat(ExternalTool.run("python3", "-c", program, lock)).contains("free");
  }

  @Test
  void namesStayInside() {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      assertThatThrownBy(() -> directory.file("../b")).hasMessageContaining("inside");
    }
  }

  /** Copies the folder before and after each step, as a crash there would leave it. */
  private static final class Camera implements Disk {
    private final Path root;
    private final Path album;
    private final List<Path> pictures = new ArrayList<>();
    private int taken;

    Camera(Path root, Path album) {
      this.root = root;
      this.album = album;
    }

    private void picture() throws IOException {
      Path copy = album.resolve("p" + taken++);
      List<Path> files;
      try (Stream<Path> walk = Files.walk(root)) {
        files = walk.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        Path target = copy.resolve(root.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
      pictures.add(copy);
    }

    @Override
    public void forceFile(Path file) throws IOException {
      picture();
      Disk.super.forceFile(file);
      picture();
    }

    @Override
    public void forceFolder(Path file) throws IOException {
      picture();
      Disk.super.forceFolder(file);
      picture();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      picture();
      Disk.super.rename(from, to);
      picture();
    }
  }

  @Test
  void aCrashBetweenAnyTwoStepsLeavesNothingHalfWritten() throws Exception {
    Files.createDirectories(root);
    Camera camera = new Camera(root, folder.resolve("album"));
    try (RunDirectory directory = RunDirectory.open(root, OpenMode.NEW, "f1", camera)) {
      camera.pictures.clear();
      put(directory, "r/first", "first, complete");
      put(directory, "second", "second, version 1, complete");
      put(directory, "second", "second, version 2, complete");
      put(directory, "part", "part, complete");
      directory.delete("part");
    }
    assertThat(camera.pictures).hasSizeGreaterThan(20);
    int complete = 0;
    for (Path picture : camera.pictures) {
      requireSums(picture);
      try (RunDirectory directory = RunDirectory.open(picture, OpenMode.RESUME, "f1")) {
        assertThat(directory.results())
            .allSatisfy(name -> assertThat(picture.resolve(name)).exists());
        for (String name : List.of("r/first", "second")) {
          complete += directory.complete(name) ? 1 : 0;
          if (Files.exists(directory.file(name))) {
            assertThat(Files.readString(directory.file(name))).endsWith("complete");
          }
          put(directory, name, "again");
          assertThat(directory.complete(name)).isTrue();
        }
      }
      try (Stream<Path> files = Files.walk(picture)) {
        assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".partial"));
      }
    }
    assertThat(complete).isPositive();
  }

  /** What a user sees of a killed run before it is resumed: no file has a checksum not its own. */
  private static void requireSums(Path folder) throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve(Manifest.NAME));
    if (lines.stream().anyMatch(line -> !line.startsWith("#"))) {
      ExternalTool.run(
          "bash", "-c", "cd '" + folder + "' && sha256sum --quiet -c " + Manifest.NAME);
    }
  }
}
