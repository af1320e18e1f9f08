package org.latticelift.bench.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of the program as it stands in a block of a document.
 *
 * @param block that it is in
 * @param line the whole line of the shell, with continuation lines
 * @param words up to a comment, a pipe or the end of the command, without the name of the program
 *     and the options of the launcher; 1 for a variable
 */
record ShownCommand(CodeBlock block, String line, List<String> words) {
  private static final Path GENERATED = DocumentTree.ROOT.resolve("docs/reference/commands");
  private static final String PROGRAM = "./latticelift";
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"'#]|\"[^\"]*\"|'[^']*')+|#.*");

  /** Read by the launcher, which hands them to Maven or JMH. */
  private static final Pattern OF_THE_LAUNCHER = Pattern.compile("(test|help|bench jmh)( .*)?");

  /** What simulates, trains or measures nothing. */
  private static final Set<String> AT_ONCE =
      Set.of("new", "validate", "inspect", "export", "sro", "barrier environment", "help");

  private static final Pattern DURATION =
      Pattern.compile(
          "(?i)\\b\\d[\\d.]* ?(s|min|h)\\b|\\b(\\d[\\d.]*|an?|one|two|three|four|five|six|seven|eight"
              + "|ten|twelve|fifteen|twenty|thirty|several|few) (minutes?|hours?)\\b"
              + "|\\b(\\d[\\d.]*|about a|a few|two|three|five|ten|twenty|thirty) seconds?\\b");

  /** All commands of all pages, but of those that are written from the commands themselves. */
  static List<ShownCommand> all() {
    List<ShownCommand> all = new ArrayList<>();
    for (Path page : DocumentTree.pages()) {
      if (!page.startsWith(GENERATED) && !page.endsWith("reference/commands.md")) {
        CodeBlock.of(page).forEach(block -> all.addAll(of(block)));
      }
    }
    return all;
  }

  /** The commands of a block, in order. */
  static List<ShownCommand> of(CodeBlock block) {
    return block
        .text()
        .replaceAll("\\\\\n\\s*", " ")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(PROGRAM + " "))
        .map(line -> new ShownCommand(block, line, words(line)))
        .toList();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.substring(PROGRAM.length()));
    while (matcher.find() && !matcher.group().matches("#.*|[|>&;]+.*")) {
      words.add(matcher.group().replaceAll("[\"']", ""));
    }
    while (words.get(0).matches("--(np|transport|hostfile)")) {
      words.subList(0, 2).clear();
    }
    return words.stream().map(word -> word.matches("\\$\\w+") ? "1" : word).toList();
  }

  /** Whether the command line of the program can read it. */
  boolean isOfTheProgram() {
    return !OF_THE_LAUNCHER.matcher(String.join(" ", words)).matches() && !words.get(0).equals("1");
  }

  /** Whether it ends in a second or two, whatever the configuration. */
  boolean endsAtOnce() {
    String first = words.get(0);
    String two = words.size() > 1 ? first + " " + words.get(1) : first;
    return AT_ONCE.contains(first) || AT_ONCE.contains(two) || words.contains("--dry-run");
  }

  /** The file that takes what it prints. */
  Optional<String> redirected() {
    Matcher matcher = Pattern.compile(" > (\\S+)$").matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * Whether the document says how long it takes: in a comment of its block, or in the paragraph
   * before or after the block.
   */
  boolean hasDuration() {
    List<String> page = DocumentTree.text(block.page()).lines().toList();
    int first = block.line() - 2; // the fence
    int last = block.line() - 1 + block.lines().size();
    String near = paragraph(page, first - 1, -1) + "\n" + paragraph(page, last + 1, 1);
    StringBuilder comments = new StringBuilder();
    block.lines().stream()
        .filter(text -> text.contains("#"))
        .forEach(text -> comments.append(text.replaceFirst("^[^#]*#", "")).append('\n'));
    return DURATION.matcher(near).find() || DURATION.matcher(comments).find();
  }

  /** The lines without a gap that begin at a line, or with one blank line between. */
  private static String paragraph(List<String> page, int from, int step) {
    List<String> lines = new ArrayList<>();
    int i = from;
    if (i >= 0 && i < page.size() && page.get(i).isBlank()) {
      i += step;
    }
    while (i >= 0 && i < page.size() && !page.get(i).isBlank()) {
      lines.add(step > 0 ? lines.size() : 0, page.get(i));
      i += step;
    }
    return String.join(" ", lines);
  }

  /** Where it stands, and what it is. */
  @Override
  public String toString() {
    return block + ": " + line;
  }
}
