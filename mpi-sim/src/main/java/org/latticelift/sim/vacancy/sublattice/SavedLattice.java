package org.latticelift.sim.vacancy.sublattice;

import java.nio.file.Path;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.sublattice.OwnBlocks.BlockStreams;

/** The planes of codes that {@link SublatticeRun#save} wrote, read one by one. */
public final class SavedLattice implements AutoCloseable {
  private final SublatticeCheckpoint checkpoint;
  private final int planes;

  private SavedLattice(SublatticeCheckpoint checkpoint, int planes) {
    this.checkpoint = checkpoint;
    this.planes = planes;
  }

  /**
   * Opens a checkpoint for reading ({@code file}: from {@link SublatticeRun#save}), to be closed.
   */
  public static SavedLattice open(VacancyProblem problem, SublatticeConfig config, Path file) {
    BlockGrid blocks = new BlockGrid(problem.nx(), problem.ny(), problem.nz(), config.blockCells());
    int basis = problem.barrier().crystal().basisCount();
    int streamBytes = BlockStreams.savedBytes(new Streams(0));
    return new SavedLattice(
        SublatticeCheckpoint.open(file, false, blocks, basis, streamBytes), problem.nx());
  }

  /** Number of planes. */
  public int planes() {
    return planes;
  }

  /** Reads and checks a plane. */
  public byte[] plane(int x) {
    return checkpoint.readPlane(x);
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
