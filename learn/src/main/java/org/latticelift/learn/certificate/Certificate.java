package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

  /**
   * The certificate in words.
   *
   * @return for every check a sentence on each condition where something is seen, and one on all
   *     others; then reasons why others were not made, and warnings
   */
  public List<String> sentences() {
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
      sentences.addAll(sentences(check, conditions));
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

  private static List<String> sentences(Check check, Map<String, List<Bias>> conditions) {
    List<String> sentences = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    conditions.forEach(
        (condition, all) -> {
          List<Bias> seen = seen(all);
          if (seen.isEmpty()) {
            silent.add(condition);
          } else {
            sentences.add(check.key() + ", " + condition + ": " + off(check, seen) + ".");
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

  private static String off(Check check, List<Bias> seen) {
    String named =
        seen.stream().limit(NAMED).map(Certificate::words).collect(Collectors.joining(", "));
    String more = seen.size() > NAMED ? ", and " + (seen.size() - NAMED) + " more" : "";
    return check.meaning() + ": the prediction is off by " + named + more;
  }

  private static String words(Bias bias) {
    return String.format(
        Locale.ROOT,
        "%+.4f +- %.4f in %s of %s (%.4f)",
        bias.bias(),
        bias.error(),
        bias.quantity().key().replace('_', ' '),
        bias.observable(),
        bias.predicted());
  }
}
