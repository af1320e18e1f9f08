package org.latticelift.sim.simulate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Duration;

/**
 * Where a run stands: all that is needed to continue it bit for bit, but for its records, which are
 * in the segments of its {@link RunLog}.
 *
 * @param step what passes between two records
 * @param state from {@link org.latticelift.sim.system.StateCodec#save}
 * @param stream from {@link org.latticelift.sim.random.RandomStream#save}
 * @param records records after the initial one
 * @param segments segments of the log that hold them
 * @param time physical time since the start
 * @param events since the start
 * @param stretch what the stretch in which the run stands has to keep, from {@link
 *     org.latticelift.sim.system.Stretch#save}, empty between two records; of a distributed run
 *     what {@link org.latticelift.sim.system.DistributedRun#memory} keeps, empty for nothing
 */
record RunPosition(
    Duration step,
    byte[] state,
    byte[] stream,
    int records,
    int segments,
    double time,
    long events,
    Optional<byte[]> stretch) {
  private static final int FORMAT = 0x4c4c5233; // "LLR3"

  void write(Path file) throws IOException {
    Files.write(file, toBytes());
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeUTF(step.kind().name());
      out.writeDouble(step.value());
      out.writeInt(records);
      out.writeInt(segments);
      out.writeDouble(time);
      out.writeLong(events);
      write(out, state);
      write(out, stream);
      out.writeBoolean(stretch.isPresent());
      write(out, stretch.orElse(new byte[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static RunPosition read(Path file) {
    try {
      return of(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From {@link #toBytes}; where they come from is named in errors. */
  static RunPosition of(byte[] bytes, String where) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != FORMAT) {
        throw LatticeLiftException.badData(
            "a checkpoint of another version",
            where,
            "a checkpoint of this version",
            "Continue with the version that wrote it, or start again with --overwrite");
      }
      Duration step = new Duration(Duration.Kind.valueOf(in.readUTF()), in.readDouble());
      int records = in.readInt();
      int segments = in.readInt();
      double time = in.readDouble();
      long events = in.readLong();
      byte[] state = in.readNBytes(in.readInt());
      byte[] stream = in.readNBytes(in.readInt());
      boolean within = in.readBoolean();
      Optional<byte[]> stretch = Optional.of(in.readNBytes(in.readInt())).filter(s -> within);
      return new RunPosition(step, state, stream, records, segments, time, events, stretch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
