package org.latticelift.learn.ensemble;

import org.latticelift.io.run.directory.KeptResults;

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
