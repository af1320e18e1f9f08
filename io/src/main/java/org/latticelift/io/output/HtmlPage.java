package org.latticelift.io.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * Builds one HTML page that needs no other file. All texts are escaped; pictures are embedded as
 * data, so that names inside several SVG pictures cannot clash.
 */
public final class HtmlPage {
  private static final String STYLE =
      """
      body{font-family:sans-serif;line-height:1.45;max-width:76em;margin:1.5em auto;padding:0 1em;color:#111}
      p,li{max-width:52em}
      h2{margin-top:2em;border-bottom:1px solid #999}
      nav a{margin-right:1.2em;white-space:nowrap}
      .wide{overflow-x:auto;margin:1em 0}
      table{border-collapse:collapse;font-size:.9em}
      th,td{border:1px solid #999;padding:.25em .6em;text-align:left}
      td.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
      th{background:#eee;vertical-align:bottom}
      .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34em),1fr));gap:1em;margin:1em 0}
      figure{margin:0;overflow-x:auto}
      img{width:100%;min-width:32em;max-width:48em;height:auto}
      .small{grid-template-columns:repeat(auto-fit,minmax(min(100%,17em),1fr))}
      .small img{min-width:0;max-width:30em}
      figcaption,caption{color:#444;text-align:left}
      caption{font-weight:bold;padding-bottom:.3em}
      summary{cursor:pointer;font-weight:bold;margin:.6em 0}
      @media(max-width:45em){.more{display:none}th,td{padding:.2em .4em}}
      pre{background:#f4f4f4;padding:.8em;overflow-x:auto}
      """;

  private final String title;
  private final StringBuilder body = new StringBuilder();
  private final List<String> headings = new ArrayList<>();

  /** An empty page ({@code title}: title and first heading). */
  public HtmlPage(String title) {
    this.title = title;
  }

  /** Adds a heading, which the contents below the title name, too ({@code text}: one line). */
  public HtmlPage heading(String text) {
    headings.add(text);
    body.append("<h2 id=\"part").append(headings.size()).append("\">").append(escape(text));
    body.append("</h2>\n");
    return this;
  }

  /** Adds a paragraph. */
  public HtmlPage paragraph(String text) {
    return element("p", text);
  }

  /** Adds a list ({@code items}: one line each). */
  public HtmlPage list(List<String> items) {
    body.append("<ul>\n");
    items.forEach(item -> element("li", item));
    body.append("</ul>\n");
    return this;
  }

  /** Adds text as it is, such as a configuration ({@code text}: lines). */
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
   */
  public HtmlPage table(String caption, List<String> header, List<List<String>> rows) {
    return table(caption, header, rows, title -> true);
  }

  /**
   * Adds a table of which narrow windows show some columns only.
   *
   * @param narrow whether a column of this title is always shown
   */
  public HtmlPage table(
      String caption, List<String> header, List<List<String>> rows, Predicate<String> narrow) {
    List<Boolean> shown = header.stream().map(narrow::test).toList();
    body.append("<div class=\"wide\"><table><caption>")
        .append(escape(caption))
        .append("</caption>\n<thead><tr>");
    for (int column = 0; column < shown.size(); column++) {
      body.append(shown.get(column) ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"more\">")
          .append(escape(header.get(column)))
          .append("</th>");
    }
    body.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(row + " for " + header);
      }
      body.append("<tr>");
      for (int column = 0; column < shown.size(); column++) {
        cell(row.get(column), shown.get(column));
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  private void cell(String text, boolean shown) {
    boolean number = text.matches("[-+−]?[0-9.]+([eE][-+]?[0-9]+)?( ?[±%].*| (s|min|h|days))?");
    String classes = (number ? "number" : "") + (shown ? "" : " more");
    body.append(classes.isEmpty() ? "<td>" : "<td class=\"" + classes.strip() + "\">")
        .append(escape(text))
        .append("</td>");
  }

  /**
   * Adds pictures, beside each other where the window is wide enough ({@code pictures}: in order).
   */
  public HtmlPage pictures(List<Picture> pictures) {
    body.append("<div class=\"figures\">\n");
    pictures.forEach(this::picture);
    body.append("</div>\n");
    return this;
  }

  /** Adds small pictures, some beside each other ({@code pictures}: in order). */
  public HtmlPage row(List<Picture> pictures) {
    body.append("<div class=\"figures small\">\n");
    pictures.forEach(this::picture);
    body.append("</div>\n");
    return this;
  }

  /** Adds a part that is shown when a reader asks for it ({@code summary}: what it is). */
  public HtmlPage folded(String summary, Runnable content) {
    body.append("<details><summary>").append(escape(summary)).append("</summary>\n");
    content.run();
    body.append("</details>\n");
    return this;
  }

  private void picture(Picture picture) {
    byte[] content = picture.svg().getBytes(StandardCharsets.UTF_8);
    String caption = escape(picture.caption());
    body.append("<figure><img alt=\"").append(caption).append("\" src=\"data:");
    body.append("image/svg+xml;base64,").append(Base64.getEncoder().encodeToString(content));
    body.append("\"><figcaption>").append(caption).append("</figcaption></figure>\n");
  }

  /** The page; a complete HTML document. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style></head>\n<body>\n<h1>"
        + escape(title)
        + "</h1>\n"
        + contents()
        + body
        + "</body></html>\n";
  }

  private String contents() {
    StringBuilder nav = new StringBuilder();
    for (int i = 0; i < headings.size(); i++) {
      nav.append("<a href=\"#part").append(i + 1).append("\">").append(escape(headings.get(i)));
      nav.append("</a>\n");
    }
    return headings.isEmpty() ? "" : "<nav>\n" + nav + "</nav>\n";
  }

  /**
   * Escapes text for HTML elements and quoted attributes ({@code text}: any text); text in which
   * nothing is markup.
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
