package org.latticelift.sim.simulate;

import java.util.Locale;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.system.MicroscopicSystem;

/**
 * The records of a running simulation on disk: {@code log/NAME-000000.h5} and so on, one segment
 * per checkpoint interval, each committed with its checksum before the checkpoint that counts it.
 * So a segment holds {@code time}, {@code jumps} and {@code observables} of consecutive records,
 * and the bytes of kept states, and any HDF5 reader can look at it while the simulation runs.
 */
final class RunLog {
  static final String FOLDER = "log/";

  private final RunDirectory directory;
  private final String name;
  private final MicroscopicSystem<?> system;
  private final String dataset;

  /**
   * @param name of the run
   * @param dataset what states are called
   */
  RunLog(RunDirectory directory, String name, MicroscopicSystem<?> system, String dataset) {
    this.directory = directory;
    this.name = name;
    this.system = system;
    this.dataset = dataset;
  }

  /** What is done with a segment. */
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

  /** Reads segment after segment. */
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
        });
    return all;
  }
}
