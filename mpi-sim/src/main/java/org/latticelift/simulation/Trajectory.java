package org.latticelift.simulation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The records of one run, growing while it runs. */
final class Trajectory {
  private final List<Double> time = new ArrayList<>();
  private final List<Long> jumps = new ArrayList<>();
  private final List<double[]> observables = new ArrayList<>();
  private final List<byte[]> states = new ArrayList<>();

  void add(double seconds, long events, double[] values, byte[] state) {
    time.add(seconds);
    jumps.add(events);
    observables.add(values);
    if (state != null) {
      states.add(state);
    }
  }

  int size() {
    return time.size();
  }

  double lastTime() {
    return time.get(time.size() - 1);
  }

  long lastJumps() {
    return jumps.get(jumps.size() - 1);
  }

  double[] times() {
    return time.stream().mapToDouble(Double::doubleValue).toArray();
  }

  long[] jumps() {
    return jumps.stream().mapToLong(Long::longValue).toArray();
  }

  /** Records by observables, row-major. */
  double[] observables() {
    return observables.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
  }

  List<byte[]> states() {
    return states;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(time.size());
    for (int i = 0; i < time.size(); i++) {
      out.writeDouble(time.get(i));
      out.writeLong(jumps.get(i));
      out.writeInt(observables.get(i).length);
      for (double value : observables.get(i)) {
        out.writeDouble(value);
      }
    }
    out.writeInt(states.size());
    for (byte[] state : states) {
      out.writeInt(state.length);
      out.write(state);
    }
  }

  static Trajectory read(DataInputStream in) throws IOException {
    Trajectory trajectory = new Trajectory();
    int records = in.readInt();
    for (int i = 0; i < records; i++) {
      double seconds = in.readDouble();
      long events = in.readLong();
      double[] values = new double[in.readInt()];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.readDouble();
      }
      trajectory.add(seconds, events, values, null);
    }
    int states = in.readInt();
    for (int i = 0; i < states; i++) {
      trajectory.states.add(in.readNBytes(in.readInt()));
    }
    return trajectory;
  }
}
