package org.latticelift.bench.documentation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules of plain standard English with the terms of the glossary, for any text that a user reads:
 * pages, and as well messages and help.
 */
final class Language {
  static final int LONGEST_SENTENCE = 40;

  /**
   * A phrase that is refused.
   *
   * @param pattern what is refused
   * @param instead the standard term
   * @param refused an example that matches
   * @param accepted an example with similar words that does not
   */
  record Phrase(Pattern pattern, String instead, String refused, String accepted) {
    private static Phrase of(String regex, String instead, String refused, String accepted) {
      int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      return new Phrase(Pattern.compile(regex, flags), instead, refused, accepted);
    }

    boolean isIn(String text) {
      return pattern.matcher(text).find();
    }
  }

  /** One entry for each term; phrases rather than single words of everyday language. */
  static final List<Phrase> REFUSED =
      List.of(
          Phrase.of(
              "\\blate (mean|value|part|record|half|halves|window|state)s?\\b",
              "equilibrium mean; after equilibration",
              "the late means of MoMo",
              "a message that comes late is lost"),
          Phrase.of(
              "\\b(largest|greatest) entropy\\b",
              "maximum-entropy state",
              "states of largest entropy",
              "the distribution of highest entropy"),
          Phrase.of(
              "\\b(too|very|more|so|as) dear\\b|\\bdear(er|est)\\b",
              "expensive",
              "often the dearest stage",
              "the most expensive stage"),
          Phrase.of(
              "\\bcumulants? of Binder\\b",
              "Binder cumulant",
              "curves of the cumulant of Binder",
              "curves of the Binder cumulant"),
          Phrase.of(
              "\\brule of Metropolis\\b|\\bMetropolis' rule\\b",
              "Metropolis criterion",
              "exchanged by the rule of Metropolis",
              "exchanged by the Metropolis criterion"),
          Phrase.of(
              "\\bthan chance explains\\b|\\bas chance alone would\\b",
              "statistically significant (95 %)",
              "a difference of more than chance explains",
              "one of twenty lies beyond by chance"),
          Phrase.of(
              "\\b(in|by|of|with|have|has) the (same )?law (of|as|that)\\b",
              "has the same distribution as",
              "results have the same law as without it",
              "the law of mass action"),
          Phrase.of(
              "\\bin errors\\b",
              "z (in sigma)",
              "the difference in errors",
              "the difference in standard errors"),
          Phrase.of(
              "\\b(made|make|makes|began|begins?|started|starts?|drawn|computed) anew\\b",
              "recomputed, start over",
              "incomplete files are made anew",
              "a renewed attempt"),
          Phrase.of("\\bhalf-times?\\b", "t50", "some 15 half-times", "half of the time"),
          Phrase.of(
              "\\b(taken|takes?|took) over (from|what|by)\\b|\\b(is|are|was|were) taken over\\b",
              "reused",
              "small runs are taken over",
              "it takes over an hour"),
          Phrase.of(
              "\\b(training|increment|naive|twin) pairs?\\b|\\bpairs? of training\\b",
              "training sample",
              "the training pairs of a condition",
              "pairs of atoms in training"),
          Phrase.of(
              "\\bblocks? of (one|a|the next) colou?r\\b|\\bblocks of a rank\\b",
              "sector",
              "blocks of one colour evolve together",
              "blocks of records"),
          Phrase.of(
              "\\bflicker(ing)? passages?\\b|\\bpassages? out of\\b",
              "first-passage step",
              "a passage out of it meets a new state",
              "a first-passage step"),
          Phrase.of("\\bbasins?\\b", "superbasin", "states of a basin", "states of a superbasin"),
          Phrase.of("\\bmisfits?\\b", "chi-squared residual", "the worst misfit", "a bad fit"),
          Phrase.of(
              "(?<!evolve\\.)\\bcompensators?\\b(?!:)",
              "integrated drift (control variate)",
              "increment minus compensator",
              "nothing compensates this"),
          Phrase.of(
              "\\b(is|are|was|were|stays?) silent\\b|\\bsilent (below|values?|checks?)\\b",
              "not significant (below 2 sigma)",
              "below two errors it is silent",
              "there is no silent fallback"),
          Phrase.of(
              "(?<!domain-)\\bwall densit(y|ies)\\b|\\bdensity of walls\\b|\\bwalls? between domains\\b",
              "domain-wall density",
              "the wall density of the small states",
              "the domain-wall density"),
          Phrase.of(
              "\\bon the way\\b|\\bway (there|to equilibrium|from random|of ordering)\\b",
              "path",
              "it is ahead on the way",
              "a way to start a process"),
          Phrase.of(
              "\\bruns (are|were|had|is) (not )?relaxed\\b|\\b(un|not )relaxed runs\\b",
              "equilibrated, not equilibrated",
              "whether the runs are relaxed",
              "windows in which seams are relaxed"),
          Phrase.of(
              "\\b(file|model|run|command|program|stage|report|equation|state)s? knows?\\b",
              "reads, reports, contains",
              "what the model knows of heating",
              "a user who knows Slurm"),
          Phrase.of(
              "\\b(is|are|was|were) told\\b",
              "passed, reported",
              "the user is told why",
              "samples told apart by their group"),
          Phrase.of(
              "\\b(any|that|this|a) course of\\b|\\bcourse of the (temperature|condition)\\b",
              "schedule",
              "predicts any course of the temperature",
              "in the course of time"),
          Phrase.of(
              "\\bremed(y|ies)\\b",
              "suggestion",
              "notes with a remedy",
              "notes with a suggestion"));

  private Language() {}

  /** The phrases of a text that are refused, with what to write instead. */
  static List<String> refused(String text) {
    return REFUSED.stream()
        .flatMap(
            phrase ->
                phrase
                    .pattern()
                    .matcher(text)
                    .results()
                    .map(found -> "\"" + found.group() + "\": write " + phrase.instead()))
        .toList();
  }

  /** The sentences of a text that are too long, each by its number of words and its beginning. */
  static List<String> longSentences(String text) {
    return Stream.of(text.split("(?<=[.!?])[)\"”]*\\s+"))
        .filter(sentence -> words(sentence) > LONGEST_SENTENCE)
        .map(
            sentence ->
                words(sentence)
                    + " words: "
                    + sentence.substring(0, Math.min(60, sentence.length())))
        .toList();
  }

  private static long words(String sentence) {
    return Stream.of(sentence.split("\\s+"))
        .filter(word -> word.matches(".*[\\p{L}\\p{N}].*"))
        .count();
  }
}
