package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.latticelift.sim.vacancy.basin.AbsorbingChain;
import org.latticelift.sim.vacancy.basin.PathFactorisation;
import org.latticelift.sim.vacancy.basin.StoppedPassage;
import org.latticelift.sim.vacancy.kmc.FlickerEvents.SleepQueue;

/**
 * A vacancy with its basin. While it is asleep it moves about unseen in the basin: the lattice
 * holds the state in which it fell asleep, and the passage until it wakes is drawn already.
 */
final class Sleeper {
  final int vacancy;
  final Basin basin;
  boolean asleep;

  /** Where it stands in the {@link SleepQueue}. */
  int place;

  /** When it fell asleep and when it wakes, s. */
  double began;

  double wakes;

  /** First and last state of the passage. */
  int start;

  int end;

  /** Whether the passage leaves the basin from its last state. */
  boolean leaves;

  long visited;
  long jumps;
  private final double[] time = new double[AbsorbingChain.MOST];
  private final long[] departures = new long[AbsorbingChain.MOST];

  Sleeper(int vacancy, RateTable table) {
    this.vacancy = vacancy;
    basin = new Basin(table);
  }

  void sleep(double now, double until, PathFactorisation passage) {
    asleep = true;
    began = now;
    wakes = until;
    start = basin.current();
    end = passage.end();
    leaves = !passage.interrupted();
    visited = passage.visited();
    jumps = passage.jumps();
    for (long rest = visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] = passage.time(i);
      departures[i] = passage.arrivals(i) - (i == end && !leaves ? 1 : 0);
    }
  }

  /** Replaces the passage by one that was stopped. */
  void stop(double now, StoppedPassage passage) {
    wakes = now;
    end = passage.end();
    leaves = false;
    visited = 1L << end | 1L << start;
    jumps = passage.jumps();
    for (long rest = basin.chain.states(); rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] = passage.time(i);
      departures[i] = passage.departures(i);
      if (departures[i] > 0) {
        visited |= 1L << i;
      }
    }
  }

  /** Time in a visited state, in the unit of the rates. */
  double time(int i) {
    return time[i];
  }

  long departures(int i) {
    return departures[i];
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(asleep);
    out.writeDouble(began);
    out.writeDouble(wakes);
    out.writeInt(start);
    out.writeInt(end);
    out.writeBoolean(leaves);
    out.writeLong(visited);
    out.writeLong(jumps);
    for (long rest = visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      out.writeDouble(time[i]);
      out.writeLong(departures[i]);
    }
    basin.write(out);
  }

  void read(DataInput in) throws IOException {
    asleep = in.readBoolean();
    began = in.readDouble();
    wakes = in.readDouble();
    start = in.readInt();
    end = in.readInt();
    leaves = in.readBoolean();
    visited = in.readLong();
    jumps = in.readLong();
    for (long rest = visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] = in.readDouble();
      departures[i] = in.readLong();
    }
    basin.read(in);
  }
}
