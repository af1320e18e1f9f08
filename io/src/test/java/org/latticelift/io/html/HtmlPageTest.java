package org.latticelift.io.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;

class HtmlPageTest {
  @TempDir Path folder;

  private static HtmlPage page() {
    return new HtmlPage("Report <b>")
        .heading("Order & disorder")
        .subheading("\"quoted\"")
        .paragraph("a < b")
        .preformatted("seed: 1\n")
        .table("t", List.of("name", "value"), List.of(List.of("MoMo", "-0.66 ± 0.01")))
        .svg("<svg id=\"x\"/>", "first & last")
        .png(new byte[] {1, 2, 3}, "picture");
  }

  @Test
  void everythingIsEscapedAndInside() {
    assertThat(page().html())
        .startsWith("<!DOCTYPE html>")
        .contains("Report &lt;b&gt;", "Order &amp; disorder", "&quot;quoted&quot;", "a &lt; b")
        .contains("<td>MoMo</td><td class=\"number\">-0.66 ± 0.01</td>")
        .contains("data:image/svg+xml;base64,PHN2ZyBpZD0ieCIvPg==", "data:image/png;base64,AQID")
        .contains("alt=\"first &amp; last\"")
        .doesNotContain("src=\"http", "<b>", "<script");
  }

  @Test
  void writes() {
    Path file = folder.resolve("index.html");
    page().write(file);
    assertThat(file).hasContent(page().html());
    assertFails(ExitCode.OUTPUT, () -> page().write(file.resolve("x.html")), "cannot write");
  }

  @Test
  void rowsFitTheHeader() {
    assertThatThrownBy(() -> page().table("t", List.of("a"), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
