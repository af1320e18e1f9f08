package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;

/** The page of exit codes has the codes of the program, in ascending order. */
class ExitCodesTest {
  private static final Path PAGE = DocumentTree.ROOT.resolve("docs/reference/exit-codes.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| \\S.* \\|$");

  @Test
  void documentedCodesAreThoseOfTheProgram() {
    List<Integer> documented =
        ROW.matcher(DocumentTree.text(PAGE))
            .results()
            .map(row -> Integer.valueOf(row.group(1)))
            .toList();
    List<Integer> codes = Arrays.stream(ExitCode.values()).map(ExitCode::code).sorted().toList();
    assertThat(documented).isEqualTo(codes);
  }
}
