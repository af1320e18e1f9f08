package org.latticelift.simulation;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.latticelift.progress.Progress;
import org.latticelift.random.RandomStream;
import org.latticelift.rundir.StageContext;
import org.latticelift.system.Dynamics;
import org.latticelift.system.Extent;
import org.latticelift.system.Progression;
import org.latticelift.system.StateCodec;

/**
 * One run: initial state, then one step after the other, each recorded. Checkpoints carry state,
 * stream and records, so that a continued run is bit for bit the uninterrupted one.
 *
 * @param <S> state
 */
final class RunTask<S> {
  private final StageContext context;
  private final Dynamics<S> dynamics;
  private final StateCodec<S> codec;
  private final Extent extent;
  private final String checkpoint;
  private final double checkpointSeconds;
  private final boolean keepStates;

  RunTask(
      StageContext context,
      Dynamics<S> dynamics,
      StateCodec<S> codec,
      Extent extent,
      String name,
      double checkpointSeconds,
      boolean keepStates) {
    this.context = context;
    this.dynamics = dynamics;
    this.codec = codec;
    this.extent = extent;
    this.checkpoint = "checkpoint/" + name + ".ckpt";
    this.checkpointSeconds = checkpointSeconds;
    this.keepStates = keepStates;
  }

  /** Where a run stands. */
  private final class Position {
    private S state;
    private RandomStream stream;
    private Trajectory trajectory = new Trajectory();
  }

  /**
   * Runs to the end.
   *
   * @param initial randomness of the initial state
   * @param stream randomness of the dynamics
   * @return the records, the last state among them as {@link Result#last}
   */
  Result<S> run(Schedule schedule, RandomStream initial, RandomStream stream, Progress progress) {
    Position at = context.directory().complete(checkpoint) ? restored() : begun(initial, stream);
    progress.step(at.trajectory.size() - 1);
    long lastCheckpoint = System.nanoTime();
    while (at.trajectory.size() <= schedule.records()) {
      Progression step = dynamics.advance(at.state, schedule.step(), at.stream);
      record(at, at.trajectory.lastTime() + step.seconds(), step.events());
      progress.step(1);
      boolean stopping = context.stop().requested();
      if (stopping || System.nanoTime() - lastCheckpoint > 1e9 * checkpointSeconds) {
        save(at);
        lastCheckpoint = System.nanoTime();
      }
      context.stop().check();
    }
    return new Result<>(at.trajectory, at.state);
  }

  /**
   * A finished run.
   *
   * @param trajectory its records
   * @param last its last state
   */
  record Result<S>(Trajectory trajectory, S last) {}

  /** Forgets the checkpoint, once the result is committed. */
  void cleanUp() {
    context.directory().delete(checkpoint);
  }

  private Position begun(RandomStream initial, RandomStream stream) {
    Position at = new Position();
    at.state = dynamics.initial(extent, initial);
    at.stream = stream;
    at.trajectory.add(0, 0, dynamics.observe(at.state), encoded(at.state));
    return at;
  }

  private void record(Position at, double time, long events) {
    at.trajectory.add(
        time, at.trajectory.lastJumps() + events, dynamics.observe(at.state), encoded(at.state));
  }

  private byte[] encoded(S state) {
    return keepStates ? codec.encode(state) : null;
  }

  private void save(Position at) {
    context
        .directory()
        .commit(
            checkpoint,
            beside -> {
              try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(beside))) {
                writeBytes(out, codec.save(at.state));
                writeBytes(out, at.stream.save());
                at.trajectory.write(out);
              }
            });
  }

  private Position restored() {
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(Files.readAllBytes(context.directory().file(checkpoint))))) {
      Position at = new Position();
      at.state = codec.restore(in.readNBytes(in.readInt()), extent);
      at.stream = RandomStream.restore(in.readNBytes(in.readInt()));
      at.trajectory = Trajectory.read(in);
      return at;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
