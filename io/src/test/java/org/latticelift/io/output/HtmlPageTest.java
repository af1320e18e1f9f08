package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
  private static HtmlPage page() {
    return new HtmlPage("Report <b>")
        .heading("Order & disorder")
        .paragraph("\"a\" < b")
        .preformatted("seed: 1\n")
        .table("t", List.of("name", "value"), List.of(List.of("MoMo", "-0.66 ± 0.01")))
        .list(List.of("one < two"))
        .pictures(List.of(new Picture("<svg id=\"x\"/>", "first & last")));
  }

  @Test
  void everythingIsEscapedAndInside() {
    assertThat(page().html())
        .startsWith("<!DOCTYPE html>")
        .contains("Report &lt;b&gt;", "Order &amp; disorder", "&quot;a&quot; &lt; b")
        .contains("<td>MoMo</td><td class=\"number\">-0.66 ± 0.01</td>")
        .contains("data:image/svg+xml;base64,PHN2ZyBpZD0ieCIvPg==")
        .contains("alt=\"first &amp; last\"")
        .doesNotContain("src=\"http", "<b>", "<script");
  }

  @Test
  void theContentsLeadToTheHeadings() {
    assertThat(page().html())
        .contains("<a href=\"#part1\">Order &amp; disorder</a>")
        .contains("<h2 id=\"part1\">Order &amp; disorder</h2>")
        .contains("<li>one &lt; two</li>");
    assertThat(new HtmlPage("empty").html()).doesNotContain("<nav>");
  }

  @Test
  void aNarrowWindowShowsSomeColumns() {
    String html =
        new HtmlPage("wide")
            .table("t", List.of("name", "z"), List.of(List.of("MoMo", "1")), "name"::equals)
            .html();
    assertThat(html)
        .contains("<th scope=\"col\">name</th><th scope=\"col\" class=\"more\">z</th>")
        .contains("<td>MoMo</td><td class=\"number more\">1</td>")
        .contains("@media(max-width:45em){.more{display:none}");
    assertThat(page().html()).doesNotContain("class=\"more\"", " more\"");
  }

  @Test
  void rowsFitTheHeader() {
    assertThatThrownBy(() -> page().table("t", List.of("a"), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
