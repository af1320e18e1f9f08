package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.latticelift.learn.judgement.Size;

/**
 * What may bias a prediction (EX-33).
 *
 * @param biases of all checks that were made
 * @param skipped why a check was not made, by check
 * @param warnings of what nobody fitted or corrected, in sentences: no bias follows from them
 */
public record Certificate(List<Bias> biases, Map<Check, String> skipped, List<String> warnings) {
  /** At most so many biases of a check and a condition are named. */
  private static final int NAMED = 4;

  /** The same of some observables only ({@code observables}: names). */
  public Certificate of(List<String> observables) {
    return new Certificate(
        biases.stream().filter(bias -> observables.contains(bias.observable())).toList(),
        skipped,
        warnings);
  }

  /**
   * The certificate in words, for every check a sentence on each condition where something is seen,
   * and one on all others; then reasons why others were not made, and warnings.
   */
  public List<String> sentences() {
    return sentences(bias -> Double.NaN);
  }

  /**
   * The same with a word on how large each bias is ({@code halfWidth}: half of the 95 % interval of
   * the value that is biased; NaN where there is none).
   */
  public List<String> sentences(ToDoubleFunction<Bias> halfWidth) {
    List<String> sentences = new ArrayList<>();
    for (Check check : Check.values()) {
      Map<String, List<Bias>> conditions = new LinkedHashMap<>();
      biases.stream()
          .filter(bias -> bias.check() == check)
          .forEach(
              bias ->
                  conditions
                      .computeIfAbsent(bias.condition(), name -> new ArrayList<>())
                      .add(bias));
      sentences.addAll(sentences(check, conditions, halfWidth));
    }
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (Check check : Check.values()) {
      if (skipped.containsKey(check)) {
        reasons.computeIfAbsent(skipped.get(check), reason -> new ArrayList<>()).add(check.key());
      }
    }
    reasons.forEach(
        (reason, checks) ->
            sentences.add(String.join(", ", checks) + ": not checked: " + reason + "."));
    warnings.forEach(warning -> sentences.add("warning: " + warning));
    return sentences;
  }

  private static List<String> sentences(
      Check check, Map<String, List<Bias>> conditions, ToDoubleFunction<Bias> halfWidth) {
    List<String> sentences = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    conditions.forEach(
        (condition, all) -> {
          List<Bias> seen = seen(all);
          if (seen.isEmpty()) {
            silent.add(condition);
          } else {
            sentences.add(
                check.key() + ", " + condition + ": " + off(check, seen, halfWidth) + ".");
          }
        });
    if (!sentences.isEmpty() && check.compares()) {
      int last = sentences.size() - 1;
      sentences.set(last, sentences.get(last) + " To do: " + check.remedy() + ".");
    }
    if (!silent.isEmpty()) {
      sentences.add(check.key() + ", " + String.join(", ", silent) + ": " + check.nothing() + ".");
    }
    return sentences;
  }

  /** The most significant first. */
  private static List<Bias> seen(List<Bias> all) {
    return all.stream()
        .filter(bias -> !bias.silent())
        .sorted(Comparator.comparingDouble(bias -> -Math.abs(bias.bias() / bias.error())))
        .toList();
  }

  private static String off(Check check, List<Bias> seen, ToDoubleFunction<Bias> halfWidth) {
    String named =
        seen.stream()
            .limit(NAMED)
            .map(bias -> words(bias) + size(bias, halfWidth.applyAsDouble(bias)))
            .collect(Collectors.joining("; "));
    String more = seen.size() > NAMED ? ", and " + (seen.size() - NAMED) + " more" : "";
    return check.meaning() + ": the prediction is off by " + named + more;
  }

  private static String size(Bias bias, double halfWidth) {
    Size size = Size.of(bias.comparison(), halfWidth);
    return size == Size.UNKNOWN ? "" : ", " + size.words();
  }

  private static String words(Bias bias) {
    return String.format(
        Locale.ROOT,
        "%+.4f +- %.4f in %s of %s (%.4f)",
        bias.bias(),
        bias.error(),
        bias.quantity().words(),
        bias.observable(),
        bias.predicted());
  }
}
