package org.latticelift.learn.evaluate;

import java.util.List;

/**
 * Which observables people look at first: all but the last ones, of which each is named as one of
 * those before with something and a dot in front, such as {@code shell2.MoMo} behind {@code MoMo}.
 */
public final class MainObservables {
  private MainObservables() {}

  /**
   * How many of the first observables these are.
   *
   * @return all where there is nothing behind them
   */
  public static int count(List<String> observables) {
    int count = observables.size();
    while (count > 0 && detail(observables, count - 1)) {
      count--;
    }
    return count;
  }

  private static boolean detail(List<String> observables, int observable) {
    String name = observables.get(observable);
    String behind = name.substring(name.indexOf('.') + 1);
    return observables.subList(0, observable).contains(behind);
  }
}
