package org.latticelift.learn.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of models in source files. */
class SourceTextTest {
  private static final Pattern C =
      Pattern.compile("\"((?:[ !#->@-\\[\\]-~]|\\\\[\"\\\\]|\\\\[0-7]{3})*)\"");
  private static final Pattern PYTHON =
      Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4}|\\\\U[0-9a-f]{8})*)\"");

  static Stream<String> hostile() {
    return HostileNames.all().stream();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void literalsAreOneLiteralEach(String name) {
    Matcher c = C.matcher(SourceText.literal(name, Language.C));
    assertThat(c.matches()).as(name).isTrue();
    assertThat(bytes(c.group(1))).isEqualTo(name);
    Matcher python = PYTHON.matcher(SourceText.literal(name, Language.PYTHON));
    assertThat(python.matches()).as(name).isTrue();
    assertThat(characters(python.group(1))).isEqualTo(name);
  }

  /** Reads the escapes of C. */
  private static String bytes(String literal) {
    StringBuilder bytes = new StringBuilder();
    Matcher part = Pattern.compile("\\\\([0-7]{3})|\\\\(.)|(.)").matcher(literal);
    while (part.find()) {
      bytes.append(
          part.group(1) != null
              ? (char) Integer.parseInt(part.group(1), 8)
              : (part.group(2) != null ? part.group(2) : part.group(3)).charAt(0));
    }
    byte[] all = bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    return new String(all, StandardCharsets.UTF_8);
  }

  /** Reads the escapes of Python. */
  private static String characters(String literal) {
    StringBuilder characters = new StringBuilder();
    Matcher part = Pattern.compile("\\\\u(.{4})|\\\\U(.{8})|\\\\(.)|(.)").matcher(literal);
    while (part.find()) {
      String code = part.group(1) != null ? part.group(1) : part.group(2);
      characters.append(
          code != null
              ? Character.toString(Integer.parseInt(code, 16))
              : part.group(3) != null ? part.group(3) : part.group(4));
    }
    return characters.toString();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void commentsStayComments(String name) {
    assertThat(SourceText.comment(name))
        .matches("[ -~]*")
        .doesNotContain("\"", "*", "?", "\\", "@");
  }

  @ParameterizedTest
  @CsvSource({"MoMo, MoMo", "t (m2/s), t (m2/s)", "\u00c5, <U+00C5>"})
  void plainTextsStay(String text, String comment) {
    assertThat(SourceText.comment(text)).isEqualTo(comment);
  }
}
