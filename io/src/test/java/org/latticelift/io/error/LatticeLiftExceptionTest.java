package org.latticelift.io.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatticeLiftExceptionTest {
  /** What stands in a damaged file would otherwise clear the screen or colour it. */
  @Test
  void aMessageIsOneLineThatControlsNoTerminal() {
    String name = "a\u001b[2J\u0007\u0000b\nc\u0085d\u2028e";
    assertThat(LatticeLiftException.badData("no species " + name, "x.xyz:3", "Nb", "Correct it"))
        .hasMessage("no species a?[2J??b c d e (x.xyz:3): Nb. Correct it");
  }
}
