package org.latticelift.learn.law;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.learn.kernel.Operation;
import org.latticelift.learn.kernel.SdeProgram;
import org.latticelift.learn.kernel.SigmaShape;

/** How a language writes a {@link SdeProgram}; the rest of a file is a template. */
abstract class LawDialect {
  /** Longest line of numbers. */
  static final int WIDTH = 120;

  private final Words words;

  /**
   * What differs in a word.
   *
   * @param language this one
   * @param template among the resources of this package
   * @param comment before each line of the comment at the top
   * @param nan what a template calls numbers that are not known
   * @param single what follows a number of single precision
   * @param separator of these
   */
  record Words(
      Language language,
      String template,
      String comment,
      String nan,
      String single,
      String separator) {}

  LawDialect(Words words) {
    this.words = words;
  }

  final Words words() {
    return words;
  }

  /** What the template needs from the program, by name. */
  abstract Map<String, String> parts(SdeProgram program, double offset, double width);

  final String number(double value) {
    return Double.isNaN(value) ? words.nan : Double.toString(value);
  }

  /** Numbers of single precision: so they are as exact as in the program. */
  final String floats(float[] values) {
    return lines(
        IntStream.range(0, values.length).mapToObj(i -> values[i] + words.single), words.separator);
  }

  private static String lines(Stream<String> numbers, String separator) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String each : (Iterable<String>) numbers::iterator) {
      if (column > 0) {
        text.append(separator);
        column += separator.length();
        if (column + each.length() > WIDTH) {
          text.append('\n');
          column = 0;
        }
      }
      text.append(each);
      column += each.length();
    }
    return text.toString().replaceAll(" +\n", "\n");
  }

  final String list(double... values) {
    return lines(Arrays.stream(values).mapToObj(this::number), ", ");
  }

  final String list(int... values) {
    return lines(Arrays.stream(values).mapToObj(Integer::toString), ", ");
  }

  final String list(List<String> texts) {
    return lines(texts.stream().map(text -> SourceText.literal(text, words.language)), ", ");
  }

  /** What a template may say of the program: operations by name, and forms of sigma. */
  static Set<String> flags(SdeProgram program) {
    Set<String> flags = new TreeSet<>();
    for (Operation.Kind kind : Operation.Kind.values()) {
      if (program.uses(kind)) {
        flags.add(kind.name());
      }
    }
    if (program.positive()) {
      flags.add("POSITIVE");
    }
    return flags;
  }

  static String shape(SigmaShape shape) {
    return switch (shape) {
      case FULL -> "all, row-major";
      case LOWER -> "its lower triangle, row by row";
      case DIAGONAL -> "its diagonal";
    };
  }

  /** Vectors that operations use beside those that they are given or return, with their lengths. */
  static Map<String, Integer> locals(
      SdeProgram program, List<Operation> operations, Set<String> but) {
    return operations.stream()
        .flatMap(each -> Stream.of(each.to(), each.with(), each.from()))
        .distinct()
        .filter(name -> program.vectors().containsKey(name) && !but.contains(name))
        .collect(
            Collectors.toMap(
                name -> name, program.vectors()::get, (a, b) -> a, LinkedHashMap::new));
  }
}
