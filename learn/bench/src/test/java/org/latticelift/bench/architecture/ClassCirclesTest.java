package org.latticelift.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Files of a package may know each other in circles, such as an interface that names those that
 * implement it, but only few: a circle of many files can only be read as a whole.
 */
class ClassCirclesTest {
  private static final int MOST_FILES = 5;

  private static final JavaClasses CLASSES = Modules.classes();

  @Test
  void noCircleRunsThroughManyFilesOfAPackage() {
    assertThat(circles(filesKnownInTheirPackage()))
        .allSatisfy(circle -> assertThat(circle).hasSizeLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void circlesAreFound() {
    Map<String, Set<String>> known =
        Map.of(
            "a", Set.of("b"),
            "b", Set.of("c", "e"),
            "c", Set.of("a", "d"),
            "d", Set.of("d"),
            "e", Set.of("f"),
            "f", Set.of("e"));
    assertThat(circles(known))
        .containsExactly(Set.of("a", "b", "c"), Set.of("d"), Set.of("e", "f"));
  }

  @Test
  void dependenciesWithinPackagesAreSeen() {
    assertThat(circles(filesKnownInTheirPackage())).anyMatch(circle -> circle.size() > 1);
  }

  /** Files by their outermost class, and those of the same package that they know. */
  private static Map<String, Set<String>> filesKnownInTheirPackage() {
    Map<String, Set<String>> known = new TreeMap<>();
    for (JavaClass each : CLASSES) {
      Set<String> files = known.computeIfAbsent(file(each), name -> new TreeSet<>());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().equals(each.getPackageName())) {
          files.add(file(target));
        }
      }
    }
    return known;
  }

  private static String file(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getName();
  }

  /** Largest sets of files that all reach each other. */
  private static Collection<Set<String>> circles(Map<String, Set<String>> known) {
    Map<String, Set<String>> reached = new TreeMap<>();
    known.keySet().forEach(file -> reached.put(file, reach(file, known)));
    Map<String, Set<String>> circles = new TreeMap<>();
    for (String file : known.keySet()) {
      Set<String> circle = new TreeSet<>();
      circle.add(file);
      reached.get(file).stream()
          .filter(other -> reached.getOrDefault(other, Set.of()).contains(file))
          .forEach(circle::add);
      circles.putIfAbsent(List.copyOf(circle).get(0), circle);
    }
    return circles.values();
  }

  private static Set<String> reach(String file, Map<String, Set<String>> known) {
    Set<String> reached = new TreeSet<>();
    List<String> open = new ArrayList<>(known.getOrDefault(file, Set.of()));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (reached.add(next)) {
        open.addAll(known.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }
}
