package org.latticelift.io.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of an optional part: jars, or classes in a folder {@code classes} ({@code path}: the
 * folder).
 */
public record PluginFolder(Path path) {
  private static final String CLASSES = "classes";

  /** What a class loader is given, in alphabetical order. */
  public List<Path> content() {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(f -> f.endsWith(CLASSES) || f.toString().endsWith(".jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A loader of these classes alone; it is never closed, as the part stays in use ({@code parent}:
   * loader of the program); a new loader.
   */
  public ClassLoader loader(ClassLoader parent) {
    return new URLClassLoader(
        content().stream().map(PluginFolder::url).toArray(URL[]::new), parent);
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
