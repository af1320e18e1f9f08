package org.latticelift.sim.system;

/**
 * A pool of one snapshot.
 *
 * @param state the snapshot
 * @param <S> state
 */
public record OneSnapshot<S>(S state) implements SnapshotPool<S> {
  @Override
  public int runs() {
    return 1;
  }

  @Override
  public int records() {
    return 1;
  }

  @Override
  public S snapshot(int run, int record) {
    return state;
  }
}
