package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decides from the past of one vacancy whether its jumps are made one by one or resolved: the law
 * of what follows is the same either way, so the choice is one of cost only. A vacancy flickers if
 * most of its last jumps took back the one before. Resolving stops, for a time that grows with
 * every failure, when passages through the basin hold too few jumps.
 */
final class FlickerWatch {
  private static final long RECENT = 0xffffffffL;
  private static final int FLICKERING = 20;

  /** Jumps per passage below which plain jumps are faster. */
  private static final double BREAK_EVEN = 12;

  /** Jumps per passage below which more states cost more than they gain. */
  private static final double LONG_PASSAGE = 800;

  private static final int FEW_STATES = 12;
  private static final int TRIAL = 48;
  private static final double MEMORY = 32;
  private static final long CROWDED_PAUSE = 256;
  private static final long FIRST_PAUSE = 1024;
  private static final long LONGEST_PAUSE = 1 << 18;

  private long returns;
  private long last = -1;
  private long made;
  private long quietUntil;
  private long pause;
  private int passages;
  private double meanJumps;
  private double meanTime;

  FlickerWatch() {
    reset();
  }

  void reset() {
    returns = 0;
    last = -1;
    made = 0;
    quietUntil = 0;
    pause = FIRST_PAUSE;
    meanTime = 0;
    beginTrial();
  }

  void beginTrial() {
    passages = 0;
    meanJumps = 0;
  }

  void jumped(long from, long to) {
    returns = returns << 1 | (to == last ? 1 : 0);
    last = from;
    made++;
  }

  boolean flickers() {
    return made >= quietUntil && Long.bitCount(returns & RECENT) >= FLICKERING;
  }

  /** Notes a passage out of the basin. */
  void left(long jumps, double time) {
    passages++;
    double weight = 1 / Math.min(passages, MEMORY);
    meanJumps += weight * (jumps - meanJumps);
    meanTime += weight * (time - meanTime);
    if (meanJumps > 4 * BREAK_EVEN) {
      pause = FIRST_PAUSE;
    }
  }

  boolean pays() {
    return passages < TRIAL || meanJumps >= BREAK_EVEN;
  }

  /** Plain jumps for a while, each time for longer. */
  void rest() {
    quietUntil = made + pause;
    pause = Math.min(4 * pause, LONGEST_PAUSE);
    returns = 0;
  }

  /** Plain jumps for a short while, since another vacancy is near. */
  void pause() {
    quietUntil = made + CROWDED_PAUSE;
  }

  /** States worth keeping: more make passages longer, which pays where they hold many jumps. */
  int states() {
    return meanJumps < LONG_PASSAGE ? FEW_STATES : FlickerSimulator.STATES;
  }

  /** Mean time of recent passages, in the unit of the rates; 0 if there was none. */
  double meanTime() {
    return meanTime;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(returns);
    out.writeLong(last);
    out.writeLong(made);
    out.writeLong(quietUntil);
    out.writeLong(pause);
    out.writeInt(passages);
    out.writeDouble(meanJumps);
    out.writeDouble(meanTime);
  }

  void read(DataInput in) throws IOException {
    returns = in.readLong();
    last = in.readLong();
    made = in.readLong();
    quietUntil = in.readLong();
    pause = in.readLong();
    passages = in.readInt();
    meanJumps = in.readDouble();
    meanTime = in.readDouble();
  }
}
