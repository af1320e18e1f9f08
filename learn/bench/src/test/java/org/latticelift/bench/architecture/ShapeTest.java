package org.latticelift.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A file is a page (docs/development/style.md): how large things may be, and what is larger still.
 * The list of exceptions only shrinks: what is no longer as large as it says has to leave it, or to
 * stand there with its present size.
 */
class ShapeTest {
  private static final Path EXCEPTIONS =
      Path.of("src", "test", "resources", "org", "latticelift", "bench", "shape-exceptions.txt");

  private static final int FILES_OF_A_PACKAGE = 25;
  private static final int COMPONENTS_OF_A_RECORD = 10;
  private static final int PARAMETERS = 7;
  private static final int LINES_OF_A_FILE = 600;
  private static final int LINES_OF_A_METHOD = 60;

  /** Kernels that {@code TileSources} writes. */
  private static final Set<String> GENERATED =
      Arrays.stream(Modules.values())
          .flatMap(Modules::files)
          .filter(file -> file.toString().contains("/src/" + Modules.TILES + "/"))
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toSet());

  private static final Pattern METHOD = Pattern.compile("^ +(?:[\\w<>\\[\\],.?@& ]+ )?(\\w+)\\(");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "^ +(?:if|for|while|switch|try|do|synchronized|return|else|case|catch|(?:\\w+ )*(?:record|class|enum|interface))\\b");

  private static final Pattern INTERFACE =
      Pattern.compile(
          "^(?:sim\\.(?:system|random|parallel\\.communicator)$|io\\.|app\\.pipeline$)");

  private static final Pattern PUBLIC =
      Pattern.compile("^ *public (?:[^=;]*\\w+\\(|.*\\b(?:class|record|enum|interface) )");

  private static final JavaClasses CLASSES = Modules.classes();

  /** The sources that are not those of {@link #CLASSES}. */
  private static final List<String> OTHERS =
      Stream.of("io", "mpi-sim", "learn")
          .flatMap(module -> Modules.walk(Modules.PROJECT.resolve(module)))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(
              file ->
                  Arrays.stream(Modules.values())
                      .flatMap(module -> module.sources().stream())
                      .noneMatch(file::startsWith))
          .map(file -> String.join("\n", read(file)))
          .toList();

  @Test
  void packagesHaveFewFiles() {
    Map<String, Integer> files = new TreeMap<>();
    sources().keySet().forEach(file -> files.merge(packageOf(file), 1, Integer::sum));
    requireAtMost("files", FILES_OF_A_PACKAGE, files);
  }

  @Test
  void noTwoFilesHaveOneName() {
    Map<String, Integer> files = new TreeMap<>();
    sources().keySet().forEach(file -> files.merge(file.getFileName().toString(), 1, Integer::sum));
    files.remove("package-info.java");
    requireAtMost("name", 1, files);
  }

  @Test
  void filesAndMethodsAreShort() {
    Map<String, Integer> lines = new TreeMap<>();
    Map<String, Integer> methods = new TreeMap<>();
    sources()
        .forEach(
            (file, text) -> {
              String name = packageOf(file) + "." + file.getFileName().toString().split("\\.")[0];
              lines.put(name, text.size());
              methodLines(text).forEach((method, n) -> methods.put(name + "." + method, n));
            });
    requireAtMost("lines", LINES_OF_A_FILE, lines);
    requireAtMost("method", LINES_OF_A_METHOD, methods);
  }

  @Test
  void recordsAndMethodsTakeFewValues() {
    Map<String, Integer> components = new TreeMap<>();
    Map<String, Integer> parameters = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      if (type.isRecord()) {
        long fields =
            type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .count();
        components.put(name(type), (int) fields);
      }
      for (JavaCodeUnit method : type.getCodeUnits()) {
        boolean own = !method.getModifiers().contains(JavaModifier.SYNTHETIC);
        if (own && !(type.isRecord() && method.isConstructor()) && !isGenerated(type)) {
          String key = name(type) + "." + method.getName();
          parameters.merge(key, method.getRawParameterTypes().size(), Math::max);
        }
      }
    }
    requireAtMost("components", COMPONENTS_OF_A_RECORD, components);
    requireAtMost("parameters", PARAMETERS, parameters);
  }

  /**
   * Functional and service interfaces apart, an interface has two implementers or none is needed.
   * Tests and the modules that are built for some machines only count; a kernel that is copied for
   * each shape of vectors stands for several.
   */
  @Test
  void interfacesHaveSeveralImplementers() {
    Set<String> services = services();
    Map<String, Integer> single = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      boolean judged =
          type.isInterface()
              && !type.isAnnotation()
              && !type.isAnnotatedWith(FunctionalInterface.class)
              && !services.contains(type.getName())
              && type.getMethods().stream()
                      .filter(m -> m.getModifiers().contains(JavaModifier.ABSTRACT))
                      .count()
                  > 1;
      List<JavaClass> implementers =
          type.getAllSubclasses().stream().filter(sub -> !sub.isInterface()).toList();
      if (judged && implementers.size() == 1 && !copied(implementers.get(0)) && !others(type)) {
        single.put(name(type), 1);
      }
    }
    requireAtMost("implementer", 0, single);
  }

  private static boolean copied(JavaClass kernel) {
    return kernel.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getSimpleName())
        .anyMatch(Set.of("VectorShape", "SpecialisedClass")::contains);
  }

  /** Whether a test, or a module beside those of the program, implements an interface. */
  private static boolean others(JavaClass type) {
    Pattern implementer =
        Pattern.compile(
            "(?:implements [^{]*|new )\\b" + type.getSimpleName() + "(?:<.*>)?(?:\\(\\))?[, {]");
    return OTHERS.stream().anyMatch(text -> implementer.matcher(text).find());
  }

  /** What others build on; elsewhere a comment stands where a reader needs one. */
  @Test
  void thePublicInterfaceIsExplained() {
    List<String> silent = new ArrayList<>();
    sources()
        .forEach(
            (file, text) -> {
              if (INTERFACE.matcher(packageOf(file)).find()) {
                for (int i = 0; i < text.size(); i++) {
                  if (PUBLIC.matcher(text.get(i)).find() && !explained(text, i)) {
                    silent.add(file.getFileName() + ":" + (i + 1) + text.get(i));
                  }
                }
              }
            });
    assertThat(silent).isEmpty();
  }

  private static boolean explained(List<String> text, int declaration) {
    int at = declaration - 1;
    while (text.get(at).strip().startsWith("@") && !text.get(at).strip().equals("@Override")) {
      at--;
    }
    String before = text.get(at).strip();
    return before.endsWith("*/") || before.equals("@Override") || before.endsWith(")");
  }

  @Test
  void sizesOfMethodsAreSeen() {
    List<String> text =
        List.of(
            "class A {",
            "  @Override",
            "  void a(",
            "      int b) {",
            "    if (b > 0) {",
            "      b();",
            "    } else {",
            "      c();",
            "    }",
            "  }",
            "}");
    assertThat(methodLines(text)).isEqualTo(Map.of("a", 8));
  }

  private static void requireAtMost(String rule, int most, Map<String, Integer> found) {
    Map<String, Integer> larger =
        found.entrySet().stream()
            .filter(entry -> entry.getValue() > most)
            .collect(
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max, TreeMap::new));
    if (Boolean.getBoolean("shape.write")) {
      larger.forEach(
          (name, value) -> System.out.println("SHAPE " + rule + " " + name + " " + value));
      return;
    }
    assertThat(larger)
        .as("%s: at most %d, and what %s lists", rule, most, EXCEPTIONS)
        .isEqualTo(exceptions(rule));
  }

  private static Map<String, Integer> exceptions(String rule) {
    return read(EXCEPTIONS).stream()
        .map(line -> line.split(" "))
        .filter(words -> words[0].equals(rule))
        .collect(
            Collectors.toMap(
                words -> words[1], words -> Integer.parseInt(words[2]), Math::max, TreeMap::new));
  }

  /** By the indentation of the format: the last line is a brace as far to the left as the first. */
  private static Map<String, Integer> methodLines(List<String> text) {
    Map<String, Integer> found = new TreeMap<>();
    for (int end = 0; end < text.size(); end++) {
      String line = text.get(end);
      if (line.isBlank() || !line.strip().equals("}")) {
        continue;
      }
      int start = end - 1;
      while (start >= 0 && !opens(text.get(start), line.indexOf('}'))) {
        start--;
      }
      var method = start < 0 ? null : METHOD.matcher(text.get(start));
      if (method != null && method.find() && !STATEMENT.matcher(text.get(start)).find()) {
        found.merge(method.group(1), end - start + 1, Math::max);
      }
    }
    return found;
  }

  private static boolean opens(String line, int indent) {
    String text = line.strip();
    return !text.isEmpty()
        && line.indexOf(text) == indent
        && !text.startsWith("}")
        && !text.startsWith("@");
  }

  private static boolean isGenerated(JavaClass type) {
    String file = type.getSource().flatMap(s -> s.getFileName()).orElse("");
    return GENERATED.contains(file) || type.getName().contains(".jmh_generated.");
  }

  private static String name(JavaClass type) {
    return type.getName().replace("org.latticelift.", "");
  }

  private static Map<Path, List<String>> sources() {
    return Arrays.stream(Modules.values())
        .flatMap(Modules::files)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("package-info.java"))
        .filter(file -> !GENERATED.contains(file.getFileName().toString()))
        .collect(Collectors.toMap(file -> file, ShapeTest::read));
  }

  private static Set<String> services() {
    return Arrays.stream(Modules.values())
        .map(
            module ->
                Modules.PROJECT
                    .resolve(module.folder())
                    .resolve("src/main/resources/META-INF/services"))
        .filter(Files::isDirectory)
        .flatMap(Modules::walk)
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toSet());
  }

  private static String packageOf(Path file) {
    String folder = file.getParent().toString().replace('\\', '/');
    int at = folder.lastIndexOf("org/latticelift/") + "org/latticelift/".length();
    return folder.substring(at).replace('/', '.');
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
