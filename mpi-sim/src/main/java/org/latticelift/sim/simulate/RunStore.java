package org.latticelift.sim.simulate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.StateCodec;

/**
 * The runs of a stage on disk while the stage is not complete: for each run its log and where it
 * stands.
 *
 * @param stage name, the first word of file names
 * @param runs per condition
 * @param statesEvery records from one kept state to the next; 0 keeps none
 */
record RunStore<S>(
    RunDirectory directory,
    LatticeSystem<S> system,
    String stage,
    Extent extent,
    int runs,
    int statesEvery) {
  private static final String CHECKPOINTS = "checkpoint/";

  /** What the names of the files of all runs of a stage begin with. */
  static List<String> names(String stage) {
    return List.of(CHECKPOINTS + stage + "-", RunLog.FOLDER + stage + "-");
  }

  Run<S> run(Condition condition, int run) {
    return new Run<>(this, stage + "-" + condition.name() + "-" + run);
  }

  /** Records after the initial one, the same number in all runs of a condition. */
  int records(Condition condition) {
    return run(condition, 0).finished().records();
  }

  /** Records of which the state is kept. */
  int states(Condition condition) {
    return statesEvery == 0 ? 0 : records(condition) / statesEvery + 1;
  }

  /** All records of a condition, run by run, without states. */
  List<Trajectory> trajectories(Condition condition) {
    return IntStream.range(0, runs).mapToObj(run -> run(condition, run).trajectory()).toList();
  }

  /** Removes all runs, once their results are committed. */
  void delete() {
    for (Condition condition : system.conditions()) {
      for (int run = 0; run < runs; run++) {
        run(condition, run).clear();
      }
    }
  }

  record Run<S>(RunStore<S> store, String name) {
    RunLog log() {
      return new RunLog(store.directory, name, store.system, store.system.codec().dataset());
    }

    private String checkpoint() {
      return CHECKPOINTS + name + ".ckpt";
    }

    StateCodec<S> codec() {
      return store.system.codec();
    }

    Extent extent() {
      return store.extent;
    }

    int observables() {
      return store.system.macroscopics().size();
    }

    boolean measures() {
      return store.system.options().measured().isPresent();
    }

    boolean keepsState(int record) {
      return store.statesEvery > 0 && record % store.statesEvery == 0;
    }

    /** Where the run stands; empty where it has not begun, or a part of its log is lost. */
    Optional<RunPosition> position() {
      if (!store.directory.complete(checkpoint())) {
        return Optional.empty();
      }
      RunPosition position = RunPosition.read(store.directory.file(checkpoint()));
      return Optional.of(position).filter(p -> log().complete(p.segments()));
    }

    /** Where a run ended that was made. */
    RunPosition finished() {
      return position().orElseThrow(() -> new IllegalStateException(checkpoint()));
    }

    void save(RunPosition position) {
      store.directory.commit(checkpoint(), position::write);
    }

    /** Drops what was logged after the checkpoint. */
    void truncate(RunPosition position) {
      log().truncate(position.segments());
    }

    Trajectory trajectory() {
      return log().read(finished().segments());
    }

    void forEachSegment(RunLog.Visitor visitor) {
      log().forEach(finished().segments(), visitor);
    }

    S last() {
      return codec().restore(finished().state(), store.extent);
    }

    /** Name of the file of a distributed state; two take turns. */
    String stateName(int generation) {
      return CHECKPOINTS + name + (generation % 2 == 0 ? ".a" : ".b") + ".state";
    }

    /** Which of the two a file is. */
    int generation(Path state) {
      return state.equals(file(stateName(0))) ? 0 : 1;
    }

    Path file(String relative) {
      return store.directory.file(relative);
    }

    void clear() {
      store.directory.delete(checkpoint());
      store.directory.delete(stateName(0));
      store.directory.delete(stateName(1));
      log().truncate(0);
    }
  }

  /**
   * The records of a running simulation on disk: {@code log/NAME-000000.h5} and so on, one segment
   * per checkpoint interval, each committed with its checksum before the checkpoint that counts it.
   * So a segment holds {@code time}, {@code jumps} and {@code observables} of consecutive records,
   * and the bytes of kept states, and any HDF5 reader can look at it while the simulation runs.
   */
  record RunLog(RunDirectory directory, String name, LatticeSystem<?> system, String dataset) {
    static final String FOLDER = "log/";

    interface Visitor {
      void visit(Hdf5Reader segment);
    }

    private String segment(int number) {
      return String.format(Locale.ROOT, "%s%s-%06d.h5", FOLDER, name, number);
    }

    /** Commits records as the segment of a number. */
    void write(int number, Trajectory records) {
      directory.commit(
          segment(number),
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              RunRecords.write(writer, "", records, system);
              if (records.stateCount() > 0) {
                byte[] states = records.states();
                long count = records.stateCount();
                writer.dataset(
                    "/" + dataset,
                    states,
                    new long[] {count, states.length / count},
                    DatasetInfo.of("1", "bytes of the kept states", "snapshot", "byte"));
              }
            }
          });
    }

    /** Whether so many segments are there, unchanged. */
    boolean complete(int segments) {
      return IntStream.range(0, segments).allMatch(number -> directory.complete(segment(number)));
    }

    /** Removes what was written after the checkpoint that counts so many segments. */
    void truncate(int segments) {
      for (int number = segments; directory.file(segment(number)).toFile().exists(); number++) {
        directory.delete(segment(number));
      }
    }

    void forEach(int segments, Visitor visitor) {
      for (int number = 0; number < segments; number++) {
        try (Hdf5Reader reader = Hdf5Reader.open(directory.file(segment(number)))) {
          visitor.visit(reader);
        }
      }
    }

    /** All records, without states. */
    Trajectory read(int segments) {
      Trajectory all = new Trajectory(system.macroscopics().size());
      forEach(
          segments,
          segment -> {
            RunRecords records = RunRecords.read(segment, "");
            all.addAll(records.time(), records.jumps(), records.observables());
            system
                .options()
                .measured()
                .ifPresent(what -> all.measure(RunRecords.measured(segment, "", what)));
          });
      return all;
    }
  }

  /**
   * Where a run stands: all that is needed to continue it bit for bit, but for its records, which
   * are in the segments of its {@link RunLog}.
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
   *     what {@link org.latticelift.sim.system.DistributedDynamics.DistributedRun#memory} keeps,
   *     empty for nothing
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
}
