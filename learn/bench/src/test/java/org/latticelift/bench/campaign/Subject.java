package org.latticelift.bench.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.bench.campaign.Judge.Use;

/**
 * A file that the program reads.
 *
 * @param name of the subject in records
 * @param file name that the file has where it is read
 * @param valid its bytes as they should be
 * @param uses what reads it, given the folder in which it lies
 */
record Subject(String name, String file, byte[] valid, Function<Path, List<Use>> uses) {
  /** Puts the file, as it should be or damaged, into an empty folder. */
  Path place(Path folder, byte[] content) throws IOException {
    clear(folder);
    return Files.write(Files.createDirectories(folder).resolve(file), content);
  }

  /** What a command has left of which the name says that it is not complete. */
  static List<String> halves(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).filter(name -> name.endsWith(".partial")).toList();
    }
  }

  static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(folder)) {
        all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
      }
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
