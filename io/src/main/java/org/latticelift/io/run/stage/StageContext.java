package org.latticelift.io.run.stage;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OutputBody;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;

/**
 * Where and how a stage runs.
 *
 * @param directory the folder of the run
 * @param provenance what results say about their origin
 * @param seed seed of all random streams
 * @param threads threads of this process
 * @param progress shows progress
 * @param stop the request to end early
 * @param tasks hands out independent tasks to the threads of all ranks
 */
public record StageContext(
    RunDirectory directory,
    Provenance provenance,
    long seed,
    int threads,
    ProgressFactory progress,
    StopSignal stop,
    TaskDistributor tasks) {

  /**
   * A process that works alone.
   *
   * @param directory the folder of the run
   * @param provenance what results say about their origin
   * @param seed seed of all random streams
   * @param progress shows progress
   * @param stop the request to end early
   */
  public StageContext(
      RunDirectory directory,
      Provenance provenance,
      long seed,
      int threads,
      ProgressFactory progress,
      StopSignal stop) {
    this(
        directory,
        provenance,
        seed,
        threads,
        progress,
        stop,
        TaskDistributor.threads(threads, stop));
  }

  /** Path of a result in the folder, which need not be there. */
  public Path file(String name) {
    return directory.file(name);
  }

  /** Whether a result was committed and is as it was then. */
  public boolean complete(String name) {
    return directory.complete(name);
  }

  /** The checksum of a result that was committed. */
  public String checksum(String name) {
    return directory.checksum(name);
  }

  /** Removes a result, if it is there. */
  public void delete(String name) {
    directory.delete(name);
  }

  /** Writes a result beside its name; it has the name once it is whole. */
  public void commit(String name, OutputBody body) {
    directory.commit(name, body);
  }

  /** The same for a text in UTF-8. */
  public void commitText(String name, String text) {
    directory.commitText(name, text);
  }

  /** The same for an HDF5 file, which tells its origin. */
  public void commitHdf5(String name, Provenance origin, Consumer<Hdf5Writer> body) {
    directory.commit(
        name,
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            body.accept(writer);
            origin.writeTo(writer);
          }
        });
  }

  /**
   * The same without the other ranks, for a stage that the first rank runs alone; tasks go to the
   * threads of this process.
   */
  public StageContext alone() {
    return new StageContext(directory, provenance, seed, threads, progress, stop);
  }
}
