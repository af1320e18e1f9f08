package org.latticelift.learn.law;

import java.util.List;

/** Names of observables that would be code if they stood in a source file as they are. */
final class HostileNames {
  private HostileNames() {}

  static List<String> all() {
    return List.of(
        "\"}; int pwned(void) { return 1; } const char *x[] = {\"",
        "\"]; open('pwned', 'w'); x = [\"",
        "'''; open('pwned', 'w'); '''",
        "\"\"\"\nopen('pwned', 'w')\n\"\"\"",
        "*/ int pwned; /*",
        "??/",
        "??'??-",
        "\\",
        "ends in a backslash \\",
        "\\\"",
        "\\u005cu0022; \\x22; \\N{BULLET}",
        "@x@",
        "@p@ @P@ @MODELS@ @VARIABLE_NAMES@",
        "two\nlines\r\nand\ta tab",
        "\u03b1-Fe, \u00c5 \uD83D\uDE00 7",
        "\u202eright to left",
        "//:if STATES",
        "#include <stdlib.h>",
        "%n%s",
        " ");
  }
}
