package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latticelift.bench.documentation.Prose.Kind;

/** README and docs are in plain standard English, with short sentences and lines. */
class LanguageTest {
  private static final Path DOCS = DocumentTree.ROOT.resolve("docs");
  private static final Path GLOSSARY = DOCS.resolve("reference/glossary.md");
  private static final int LONGEST_LINE = 130;
  private static final Pattern IDENTIFIER = Pattern.compile("\\b[A-Z]{2}-\\d+\\b");

  private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#(.*)$");

  private static final Pattern MAIN_SOURCE =
      Pattern.compile("(?!.*/target/).*/src/(?:main|studies)/java/.*\\.java");
  private static final Pattern COMMENTS_OF_CODE = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
  private static final Pattern TEXTS =
      Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\n]|\\\\.)*\")*");

  /** Where identifiers are explained, or cited for those who change the program. */
  private static final Pattern WITH_IDENTIFIERS = Pattern.compile("docs/development/.*");

  /** Generated from texts of the program, which are no prose with sentences and lines. */
  private static final Pattern GENERATED =
      Pattern.compile("docs/reference/(commands\\.md|commands/.*|configuration/.*)");

  /** The rules for those who write code. */
  private static final Pattern RULES = Pattern.compile("docs/development/style\\.md");

  private static List<Path> pages() {
    return DocumentTree.pages().stream()
        .filter(
            page -> page.equals(DocumentTree.ROOT.resolve("README.md")) || page.startsWith(DOCS))
        .filter(page -> !GENERATED.matcher(name(page)).matches())
        .filter(page -> !RULES.matcher(name(page)).matches())
        .toList();
  }

  private static String name(Path page) {
    return DocumentTree.ROOT.relativize(page).toString();
  }

  private static Stream<Prose> prose() {
    return pages().stream().flatMap(page -> Prose.of(page).stream());
  }

  private static Stream<Prose> everything() {
    Stream<Path> generated =
        DocumentTree.pages().stream().filter(page -> GENERATED.matcher(name(page)).matches());
    return Stream.concat(prose(), generated.flatMap(page -> Prose.of(page).stream()));
  }

  /** The glossary's column of what a term was called is left out. */
  private static String text(Prose prose) {
    return prose.page().equals(GLOSSARY) && prose.kind() == Kind.ROW
        ? prose.text().replaceFirst("[^|]*\\|$", "")
        : prose.text();
  }

  @Test
  void everyPhraseHasAnExampleAndACounterexample() {
    assertThat(Language.REFUSED)
        .allSatisfy(
            phrase -> {
              assertThat(phrase.isIn(phrase.refused())).as(phrase.refused()).isTrue();
              assertThat(Language.refused(phrase.accepted())).as(phrase.accepted()).isEmpty();
              assertThat(Language.refused(phrase.instead())).as(phrase.instead()).isEmpty();
            });
  }

  @Test
  void noPageHasARefusedPhrase() {
    assertThat(pages()).hasSizeGreaterThan(40);
    assertThat(
            everything()
                .flatMap(p -> Language.refused(text(p)).stream().map(found -> p + " " + found)))
        .isEmpty();
  }

  /** Texts of more than one word, joined where the source is broken; text blocks are left out. */
  @Test
  void noMessageOrHelpHasARefusedPhraseOrAnIdentifier() {
    List<String> found = new ArrayList<>();
    int texts = 0;
    for (Path file : DocumentTree.files(DocumentTree.ROOT)) {
      if (!MAIN_SOURCE.matcher(name(file)).matches()) {
        continue;
      }
      String code = COMMENTS_OF_CODE.matcher(DocumentTree.text(file)).replaceAll("");
      for (MatchResult text : TEXTS.matcher(code).results().toList()) {
        String joined = text.group().replaceAll("\"\\s*\\+\\s*\"", "");
        if (joined.contains(" ")) {
          texts++;
          Language.refused(joined).forEach(p -> found.add(name(file) + " " + p + ": " + joined));
          if (IDENTIFIER.matcher(joined).find()) {
            found.add(name(file) + " identifier: " + joined);
          }
        }
      }
    }
    assertThat(texts).isGreaterThan(2000);
    assertThat(found).isEmpty();
  }

  /** Neighbouring lines of comments are one text. */
  @Test
  void noCommentOfAConfigurationHasARefusedPhrase() {
    List<String> found = new ArrayList<>();
    for (Path file : DocumentTree.files(DocumentTree.ROOT.resolve("configs"))) {
      if (file.toString().endsWith(".yaml")) {
        String comments =
            COMMENT
                .matcher(DocumentTree.text(file))
                .results()
                .map(line -> line.group(1).strip())
                .collect(Collectors.joining(" "));
        Language.refused(comments).forEach(p -> found.add(name(file) + " " + p));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void longSentencesAreFound() {
    String short39 = "word ".repeat(39) + "end. ";
    assertThat(Language.longSentences(short39 + short39)).isEmpty();
    assertThat(Language.longSentences(short39 + "One " + short39)).hasSize(1);
  }

  @Test
  void sentencesAreShort() {
    assertThat(
            prose()
                .filter(p -> p.kind() == Kind.TEXT)
                .flatMap(
                    p -> Language.longSentences(p.text()).stream().map(found -> p + " " + found)))
        .isEmpty();
  }

  @Test
  void linesAreShort() {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      List<String> lines = DocumentTree.text(page).lines().toList();
      boolean code = false;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        code ^= line.strip().startsWith("```");
        if (!code && !mayBeLong(line) && line.codePointCount(0, line.length()) > LONGEST_LINE) {
          tooLong.add(name(page) + ":" + (i + 1) + " has " + line.length() + " characters");
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** Rows of tables, commands of shown numbers, and lists of links. */
  private static boolean mayBeLong(String line) {
    return line.startsWith("|")
        || line.startsWith("<!--")
        || line.matches("([-*] )?(\\[[^\\]]*\\]\\([^)]*\\)[,.;]? ?)+");
  }

  @Test
  void identifiersAreOnPagesForDevelopersOnly() {
    List<String> cited =
        pages().stream()
            .filter(page -> !WITH_IDENTIFIERS.matcher(name(page)).matches())
            .flatMap(
                page ->
                    IDENTIFIER
                        .matcher(DocumentTree.text(page))
                        .results()
                        .map(found -> name(page) + ": " + found.group()))
            .toList();
    assertThat(cited).isEmpty();
  }
}
