package org.latticelift.communicator;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transport promises, with 1, 2, 4 and 8 ranks. */
abstract class CommunicatorContract {
  /** Runs a check on all ranks of a job; throws if it failed on one. */
  abstract void run(int ranks, Check check) throws Exception;

  static Stream<Arguments> cases() {
    return Stream.of(1, 2, 4, 8)
        .flatMap(ranks -> Arrays.stream(Check.values()).map(check -> Arguments.of(ranks, check)));
  }

  @ParameterizedTest(name = "{1} on {0} ranks")
  @MethodSource("cases")
  void keepsThePromise(int ranks, Check check) throws Exception {
    run(ranks, check);
  }
}
