package org.latticelift.io.html;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Builds one HTML page that needs no other file. All texts are escaped; pictures are embedded as
 * data, so that names inside several SVG pictures cannot clash.
 */
public final class HtmlPage {
  private static final String STYLE =
      """
      body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111}
      table{border-collapse:collapse;margin:1em 0}
      th,td{border:1px solid #999;padding:.25em .6em;text-align:left}
      td.number{text-align:right;font-variant-numeric:tabular-nums}
      th{background:#eee}
      figure{margin:1em 0}
      img{max-width:100%}
      figcaption,caption{color:#444;text-align:left}
      pre{background:#f4f4f4;padding:.8em;overflow-x:auto}
      """;

  private final String title;
  private final StringBuilder body = new StringBuilder();

  /**
   * An empty page.
   *
   * @param title title and first heading
   */
  public HtmlPage(String title) {
    this.title = title;
    body.append("<h1>").append(escape(title)).append("</h1>\n");
  }

  /**
   * Adds a heading.
   *
   * @param text one line
   * @return this
   */
  public HtmlPage heading(String text) {
    return element("h2", text);
  }

  /**
   * Adds a paragraph.
   *
   * @param text the text
   * @return this
   */
  public HtmlPage paragraph(String text) {
    return element("p", text);
  }

  /**
   * Adds text as it is, such as a configuration.
   *
   * @param text lines
   * @return this
   */
  public HtmlPage preformatted(String text) {
    return element("pre", text);
  }

  private HtmlPage element(String name, String text) {
    body.append('<').append(name).append('>').append(escape(text));
    body.append("</").append(name).append(">\n");
    return this;
  }

  /**
   * Adds a table; cells that are numbers are aligned to the right.
   *
   * @param caption what the table shows
   * @param header titles of the columns
   * @param rows cells, as many per row as titles
   * @return this
   */
  public HtmlPage table(String caption, List<String> header, List<List<String>> rows) {
    body.append("<table><caption>").append(escape(caption)).append("</caption>\n<thead><tr>");
    header.forEach(cell -> body.append("<th scope=\"col\">").append(escape(cell)).append("</th>"));
    body.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(row + " for " + header);
      }
      body.append("<tr>");
      row.forEach(this::cell);
      body.append("</tr>\n");
    }
    body.append("</tbody></table>\n");
    return this;
  }

  private void cell(String text) {
    boolean number = text.matches("[-+−]?[0-9.]+([eE][-+]?[0-9]+)?( ?[±%].*)?");
    body.append(number ? "<td class=\"number\">" : "<td>").append(escape(text)).append("</td>");
  }

  /**
   * Adds an SVG picture.
   *
   * @param svg the document
   * @param caption text below, also for readers that show no pictures
   * @return this
   */
  public HtmlPage svg(String svg, String caption) {
    byte[] content = svg.getBytes(StandardCharsets.UTF_8);
    body.append("<figure><img alt=\"").append(escape(caption)).append("\" src=\"data:");
    body.append("image/svg+xml;base64,").append(Base64.getEncoder().encodeToString(content));
    body.append("\"><figcaption>").append(escape(caption)).append("</figcaption></figure>\n");
    return this;
  }

  /**
   * The page.
   *
   * @return a complete HTML document
   */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style></head>\n<body>\n"
        + body
        + "</body></html>\n";
  }

  /**
   * Escapes text for HTML elements and quoted attributes.
   *
   * @param text any text
   * @return text in which nothing is markup
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
