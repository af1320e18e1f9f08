package org.latticelift.io.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Assertions on errors that a user can cause. */
public final class Failures {
  private Failures() {}

  /**
   * Asserts a one-line user error.
   *
   * @param code expected exit code
   * @param action what must fail
   * @param parts texts that the message contains
   */
  public static void assertFails(ExitCode code, ThrowingCallable action, String... parts) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isInstanceOf(LatticeLiftException.class);
    LatticeLiftException error = (LatticeLiftException) thrown;
    assertThat(error.getMessage()).contains(parts).doesNotContain("\n");
    assertThat(error.exitCode()).isEqualTo(code);
  }
}
