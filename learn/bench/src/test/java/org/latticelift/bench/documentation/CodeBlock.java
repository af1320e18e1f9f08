package org.latticelift.bench.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a document.
 *
 * @param page it is from
 * @param line number of its first line, from 1
 * @param language after the fence, empty without one
 * @param lines its text
 */
record CodeBlock(Path page, int line, String language, List<String> lines) {
  private static final String FENCE = "```";

  /** All blocks of a page. */
  static List<CodeBlock> of(Path page) {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> all = DocumentTree.text(page).lines().toList();
    int start = -1;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).strip().startsWith(FENCE)) {
        if (start >= 0) {
          String language = all.get(start).strip().substring(FENCE.length());
          blocks.add(new CodeBlock(page, start + 2, language, all.subList(start + 1, i)));
        }
        start = start >= 0 ? -1 : i;
      }
    }
    return blocks;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Where it stands, and how it begins. */
  @Override
  public String toString() {
    return DocumentTree.ROOT.relativize(page) + ":" + line;
  }
}
