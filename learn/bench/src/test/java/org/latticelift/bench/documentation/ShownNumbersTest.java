package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Numbers of documents are what commands print: a block behind {@code <!-- printed by: COMMAND;
 * lines: REGEX -->} has the lines that match, from the first of them to the next empty line. Wall
 * times may differ. With {@code -Ddocs.write=true} the blocks are written.
 */
@Tag("docs")
class ShownNumbersTest {
  private static final Pattern MARKER =
      Pattern.compile(
          "(?s)<!-- printed by: \\./latticelift ([^;]+); lines: (.+?) -->\\n```\\n(.*?)```\\n");

  private static final Pattern WALL_TIME = Pattern.compile("in [0-9.]+ (s|min)\\b");

  @TempDir private Path folder;

  @Test
  void blocksAreWhatCommandsPrint() throws IOException {
    Map<String, List<String>> printed = new LinkedHashMap<>();
    List<String> stale = new ArrayList<>();
    int blocks = 0;
    for (Path page : DocumentTree.pages()) {
      StringBuilder written = new StringBuilder();
      Matcher marker = MARKER.matcher(DocumentTree.text(page));
      while (marker.find()) {
        blocks++;
        List<String> lines = printed.computeIfAbsent(marker.group(1), this::run);
        String block = selected(lines, Pattern.compile(marker.group(2)));
        if (!timeless(block).equals(timeless(marker.group(3)))) {
          stale.add(DocumentTree.ROOT.relativize(page) + ": " + marker.group(1));
          String whole = marker.group();
          String fresh = whole.substring(0, whole.indexOf("```\n") + 4) + block + "```\n";
          marker.appendReplacement(written, Matcher.quoteReplacement(fresh));
        }
      }
      if (written.length() > 0 && Boolean.getBoolean("docs.write")) {
        Files.writeString(page, marker.appendTail(written).toString());
      }
    }
    assertThat(blocks).as("blocks with a marker").isGreaterThan(3);
    assertThat(stale)
        .as(
            "write them: ./latticelift test -Dtest=ShownNumbersTest -Dtest.excludedGroups= -Ddocs.write=true")
        .isEmpty();
  }

  private List<String> run(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ")) {
      words.add(word.startsWith("configs/") ? DocumentTree.ROOT.resolve(word).toString() : word);
    }
    words.add("--out=" + folder.resolve("run" + words.hashCode()));
    return SmallRuns.command(words.toArray(String[]::new)).lines().toList();
  }

  private static String selected(List<String> lines, Pattern pattern) {
    return lines.stream()
        .dropWhile(line -> !pattern.matcher(line).find())
        .takeWhile(line -> !line.isBlank())
        .filter(line -> pattern.matcher(line).find())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String timeless(String block) {
    return WALL_TIME.matcher(block).replaceAll("in a while");
  }
}
