package org.latticelift.learn.sde;

import java.util.List;
import java.util.stream.IntStream;

/** What learned closure variables are called; they stand behind the observables (ME-07). */
public final class ClosureNames {
  private static final String PREFIX = "closure_";

  private ClosureNames() {}

  /** Names of closure variables; {@code closure_1} and so on. */
  public static List<String> of(int dim) {
    return IntStream.rangeClosed(1, dim).mapToObj(i -> PREFIX + i).toList();
  }

  /** Whether a latent variable is a closure. */
  public static boolean isClosure(String name) {
    return name.startsWith(PREFIX);
  }
}
