package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition.BlockObserver;

/** The blocks of all conditions, numbered one after the other. */
final class EnsembleTasks {
  private final List<Ensemble> ensembles;
  private final int[] first;

  /**
   * @param ensembles one for each condition
   */
  EnsembleTasks(List<Ensemble> ensembles) {
    this.ensembles = List.copyOf(ensembles);
    this.first = new int[ensembles.size() + 1];
    for (int c = 0; c < ensembles.size(); c++) {
      first[c + 1] = Math.addExact(first[c], ensembles.get(c).tasks());
    }
  }

  int count() {
    return first[ensembles.size()];
  }

  /**
   * One block, encoded: the result depends on the number only.
   *
   * @param kept where blocks are that were made, wholly or in part
   */
  byte[] run(int task, KeptResults kept) {
    return kept.result(task)
        .orElseGet(
            () -> {
              byte[] block = made(task, new KeptBlock(kept.begin(task)));
              kept.finished(task, block);
              return block;
            });
  }

  private byte[] made(int task, KeptBlock kept) {
    int condition = 0;
    while (task >= first[condition + 1]) {
      condition++;
    }
    return ensembles.get(condition).run(task - first[condition], kept.start(), kept).encode();
  }

  /**
   * Joins the blocks to the trajectories of each condition.
   *
   * @param blocks by task; each is let go as soon as it is joined, since together they take as much
   *     memory as the trajectories
   */
  List<Trajectories> join(byte[][] blocks) {
    List<Trajectories> joined = new ArrayList<>();
    for (int c = 0; c < ensembles.size(); c++) {
      Ensemble ensemble = ensembles.get(c);
      Trajectories all = ensemble.room();
      for (int task = first[c]; task < first[c + 1]; task++) {
        all.put(ensemble.firstTrajectory(task - first[c]), blocks[task]);
        blocks[task] = null;
      }
      joined.add(all);
    }
    return joined;
  }

  /**
   * Keeps how far a block has come on disk, and ends it when a stop is requested.
   *
   * @param kept of its task
   */
  record KeptBlock(KeptResults.Under kept) implements BlockObserver {
    /** Where the block was interrupted. */
    BlockPosition start() {
      return kept.state().map(BlockPosition::of).orElse(BlockPosition.START);
    }

    @Override
    public boolean due() {
      return kept.due();
    }

    @Override
    public void reached(BlockPosition position) {
      kept.keep(position.bytes());
    }
  }
}
