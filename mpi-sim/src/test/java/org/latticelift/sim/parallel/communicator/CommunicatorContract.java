package org.latticelift.sim.parallel.communicator;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transport promises, with 1, 2, 4 and 8 ranks. */
public abstract class CommunicatorContract {
  /** For the tests of transports. */
  protected CommunicatorContract() {}

  /**
   * Runs a check on all ranks of a job; throws if it failed on one.
   *
   * @param ranks number of ranks
   * @param check its name
   * @throws Exception if the promise is broken
   */
  protected abstract void run(int ranks, String check) throws Exception;

  static Stream<Arguments> cases() {
    return Stream.of(1, 2, 4, 8)
        .flatMap(
            ranks -> Arrays.stream(Check.values()).map(check -> Arguments.of(ranks, check.name())));
  }

  @ParameterizedTest(name = "{1} on {0} ranks")
  @MethodSource("cases")
  void keepsThePromise(int ranks, String check) throws Exception {
    run(ranks, check);
  }
}
