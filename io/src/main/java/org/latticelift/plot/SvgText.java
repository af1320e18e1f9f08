package org.latticelift.plot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Completes SVG: a title for readers that show no pictures, and names that do not vary. */
final class SvgText {
  private static final Pattern START = Pattern.compile("<svg [^>]*>");
  private static final Pattern CLIP = Pattern.compile("clip-?[0-9]+");

  private SvgText() {}

  static String finish(String svg, String title) {
    Map<String, String> names = new LinkedHashMap<>();
    String stable =
        CLIP.matcher(svg)
            .replaceAll(m -> names.computeIfAbsent(m.group(), key -> "clip-" + names.size()));
    Matcher start = START.matcher(stable);
    if (!start.find()) {
      throw new IllegalStateException("no svg element");
    }
    String element = "<title>" + escape(title) + "</title>";
    return stable.substring(0, start.end()) + element + stable.substring(start.end());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
