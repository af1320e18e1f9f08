package org.latticelift.sim.parallel.tasks;

import java.util.function.Supplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.sim.parallel.communicator.Communicator;

/**
 * The ranks of this job as a command uses them: what the first one does before the others, the run
 * directory that all share, the tasks. With one rank all of it is direct.
 */
public final class Ranks {
  private final Communicator communicator;
  private final StopSignal stop;
  private final SharedProgress shown = new SharedProgress();
  private final RelayedProgress relayed = new RelayedProgress();
  private final TaskServer desk;
  private final TaskClient line;
  private final RemoteLedger ledger;

  /**
   * Takes over a communicator; all ranks do.
   *
   * @param communicator of this rank, used by the calling thread
   * @param stop of this process
   */
  public Ranks(Communicator communicator, StopSignal stop) {
    this.communicator = communicator;
    this.stop = stop;
    this.desk = first() ? new TaskServer(communicator, stop, shown) : null;
    this.line = first() ? null : new TaskClient(communicator, stop);
    this.ledger = first() ? null : new RemoteLedger(line);
  }

  /**
   * Whether this is the rank that prints.
   *
   * @return true on rank 0
   */
  public boolean first() {
    return communicator.rank() == 0;
  }

  /**
   * The communicator.
   *
   * @return of this rank
   */
  public Communicator communicator() {
    return communicator;
  }

  /**
   * The request to end early.
   *
   * @return of this process; tasks carry it to all ranks
   */
  public StopSignal stop() {
    return stop;
  }

  /**
   * The hand-out of tasks.
   *
   * @param threads of this rank
   * @return shared by all ranks; used by the thread that owns the communicator
   */
  public TaskDistributor tasks(int threads) {
    if (communicator.size() == 1) {
      return TaskDistributor.threads(threads, stop);
    }
    return first()
        ? new Coordinator(desk, threads)
        : new Participant(line, ledger, relayed, threads);
  }

  /**
   * Does something on the first rank and, when it has succeeded there, on all others, so that a
   * mistake is found and told once.
   *
   * @param <T> what is made
   * @param work done on every rank
   * @return what it made here
   */
  public <T> T firstThenOthers(Supplier<T> work) {
    if (communicator.size() == 1) {
      return work.get();
    }
    if (first()) {
      T made = work.get();
      tasks(1).once(() -> {});
      return made;
    }
    tasks(1).once(() -> {});
    return work.get();
  }

  /**
   * Opens a run directory for all ranks.
   *
   * @param opener called on the first rank
   * @param root the folder, on a file system that all ranks see
   * @return on the first rank the directory, elsewhere one that records its files there
   */
  public RunDirectory open(Supplier<RunDirectory> opener, java.nio.file.Path root) {
    if (communicator.size() == 1) {
      return opener.get();
    }
    if (first()) {
      RunDirectory directory = opener.get();
      desk.keep(directory.ledger());
      tasks(1).once(() -> {});
      return directory;
    }
    tasks(1).once(() -> {});
    if (!java.nio.file.Files.isDirectory(root)) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "rank " + communicator.rank() + " does not see the run directory",
          root.toString(),
          "a folder on a file system that all ranks share",
          "Choose another --out");
    }
    return RunDirectory.join(root, ledger);
  }

  /**
   * What the first rank says, on all; at the end of a command. A rank that comes here while another
   * one waits for it elsewhere is an error of the other one, not a wait without end; where the job
   * was asked to stop, the other one stops.
   *
   * @param value of this rank
   * @return the value of the first rank
   */
  public long agree(long value) {
    if (communicator.size() == 1) {
      return value;
    }
    communicator.ending();
    return first() ? desk.end(value) : line.arrive(Kind.END, 0).number();
  }

  /**
   * Progress of all ranks.
   *
   * @param display used on the first rank
   * @return there it shows all, elsewhere it reports
   */
  public ProgressFactory progress(ProgressFactory display) {
    if (communicator.size() == 1) {
      return display;
    }
    if (first()) {
      shown.show(display);
      return shown;
    }
    return relayed;
  }
}
