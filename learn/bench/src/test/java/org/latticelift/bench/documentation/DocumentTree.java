package org.latticelift.bench.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

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

  /** All files below a folder, but in it no folder of what builds and runs leave. */
  static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
              boolean built = BUILT.contains(inner.getFileName().toString());
              return built && !inner.equals(folder)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (Files.isRegularFile(file)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
