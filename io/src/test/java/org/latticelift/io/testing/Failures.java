package org.latticelift.io.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Assertions on errors that a user can cause. */
public final class Failures {
  private Failures() {}

  /** Asserts a user error of one line whose message contains {@code parts}, and returns it. */
  public static LatticeLiftException assertFails(ThrowingCallable action, String... parts) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isInstanceOf(LatticeLiftException.class);
    assertThat(thrown.getMessage()).doesNotContain("\n");
    for (String part : parts) {
      assertThat(thrown.getMessage()).contains(part);
    }
    return (LatticeLiftException) thrown;
  }

  /** Asserts the same with an exit code. */
  public static void assertFails(ExitCode code, ThrowingCallable action, String... parts) {
    assertThat(assertFails(action, parts).exitCode()).isEqualTo(code);
  }
}
