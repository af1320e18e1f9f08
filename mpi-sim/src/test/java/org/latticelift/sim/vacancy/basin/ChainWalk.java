package org.latticelift.sim.vacancy.basin;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;

/**
 * The plain twin of {@link PathFactorisation} and {@link StoppedPassage}: jump after jump through
 * the chain until it is left or a time has come. For tests.
 */
public final class ChainWalk {
  private final double[] time = new double[AbsorbingChain.MOST];
  private final long[] arrivals = new long[AbsorbingChain.MOST];
  private double duration;
  private long jumps;
  private int end;
  private boolean stopped;

  /** A walk that is still to be made. */
  public ChainWalk() {}

  /**
   * Walks.
   *
   * @param chain not modified
   * @param start where the walk starts
   * @param stopTime when it stops if the chain was not left before
   * @param stream two numbers per jump
   */
  public void walk(AbsorbingChain chain, int start, double stopTime, RandomStream stream) {
    Arrays.fill(time, 0);
    Arrays.fill(arrivals, 0);
    duration = 0;
    jumps = 0;
    end = start;
    arrivals[start] = 1;
    stopped = false;
    while (step(chain, stopTime, stream)) {
      arrivals[end]++;
    }
  }

  private boolean step(AbsorbingChain chain, double stopTime, RandomStream stream) {
    double total = chain.leaving(end);
    for (int j = 0; j < AbsorbingChain.MOST; j++) {
      total += chain.rate(end, j);
    }
    double wait = stream.exponential() / total;
    stopped = duration + wait > stopTime;
    if (stopped) {
      time[end] += stopTime - duration;
      duration = stopTime;
      return false;
    }
    time[end] += wait;
    duration += wait;
    jumps++;
    double target = stream.uniform() * total;
    for (int j = 0; j < AbsorbingChain.MOST; j++) {
      target -= chain.rate(end, j);
      if (target <= 0) {
        end = j;
        return true;
      }
    }
    return false;
  }

  /**
   * Time in a state.
   *
   * @param i the state
   * @return 0 if it was not visited
   */
  public double time(int i) {
    return time[i];
  }

  /**
   * Arrivals in a state.
   *
   * @param i the state
   * @return the start counts once for the beginning
   */
  public long arrivals(int i) {
    return arrivals[i];
  }

  /**
   * Time of the walk.
   *
   * @return the stop time if it came
   */
  public double duration() {
    return duration;
  }

  /**
   * Jumps made.
   *
   * @return the one that leaves included
   */
  public long jumps() {
    return jumps;
  }

  /**
   * The last state.
   *
   * @return the one from which the chain was left, or in which the walk stopped
   */
  public int end() {
    return end;
  }

  /**
   * Whether the stop time came before the chain was left.
   *
   * @return false if the chain was left
   */
  public boolean stopped() {
    return stopped;
  }
}
