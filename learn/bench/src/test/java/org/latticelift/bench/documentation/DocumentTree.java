package org.latticelift.bench.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the source tree. */
final class DocumentTree {
  /** The root of the source tree, from the folder of this module. */
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  private static final List<String> BUILT =
      List.of("target", "runs", "shared", ".git", ".latticelift");

  private DocumentTree() {}

  /** All Markdown files. */
  static List<Path> pages() {
    return files(ROOT).stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  /** All files below a folder but what builds and runs leave. */
  static List<Path> files(Path folder) {
    return filesOf(folder).filter(DocumentTree::kept).toList();
  }

  /** All files below a folder. */
  static Stream<Path> filesOf(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean kept(Path file) {
    return Stream.iterate(ROOT.relativize(file), p -> p != null, Path::getParent)
        .noneMatch(p -> BUILT.contains(p.getFileName().toString()));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
