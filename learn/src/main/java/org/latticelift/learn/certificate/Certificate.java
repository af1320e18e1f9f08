package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What may bias a prediction (EX-33).
 *
 * @param biases of all checks that were made
 * @param skipped why a check was not made, by check
 */
public record Certificate(List<Bias> biases, Map<Check, String> skipped) {
  /** At most so many biases of a check and a condition are named. */
  private static final int NAMED = 4;

  /**
   * The certificate in words.
   *
   * @return a sentence for every check and condition
   */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Check check : Check.values()) {
      Map<String, List<Bias>> conditions =
          biases.stream()
              .filter(bias -> bias.check() == check)
              .collect(Collectors.groupingBy(Bias::condition, TreeMap::new, Collectors.toList()));
      conditions.forEach((name, own) -> sentences.add(sentence(check, name, own)));
      if (skipped.containsKey(check)) {
        sentences.add(check.key() + ": not checked: " + skipped.get(check) + ".");
      }
    }
    return sentences;
  }

  private static String sentence(Check check, String condition, List<Bias> all) {
    List<Bias> seen =
        all.stream()
            .filter(bias -> !bias.silent())
            .sorted(Comparator.comparingDouble(bias -> -Math.abs(bias.bias() / bias.error())))
            .toList();
    String head = condition + ", " + check.key() + ": ";
    if (seen.isEmpty()) {
      return head + "silent: no late value moves by more than two of its standard errors.";
    }
    String named =
        seen.stream().limit(NAMED).map(Certificate::words).collect(Collectors.joining(", "));
    String more = seen.size() > NAMED ? ", and " + (seen.size() - NAMED) + " more" : "";
    return head + check.meaning() + ": the prediction is off by " + named + more + ".";
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
