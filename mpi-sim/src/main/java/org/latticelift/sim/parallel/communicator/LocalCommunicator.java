package org.latticelift.sim.parallel.communicator;

import java.nio.ByteBuffer;
import java.util.Objects;

/** One rank of {@link LocalRanks}. */
final class LocalCommunicator implements Communicator {
  private final LocalRanks ranks;
  private final int rank;

  LocalCommunicator(LocalRanks ranks, int rank) {
    this.ranks = ranks;
    this.rank = rank;
  }

  @Override
  public String transport() {
    return LocalRanks.NAME;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return ranks.size();
  }

  @Override
  public Request send(ByteBuffer data, int length, int destination, int tag) {
    require(data, length);
    ranks.meeting().check();
    ranks.mailbox(destination).put(data, length, rank, tag);
    return new Sent(length, destination);
  }

  @Override
  public Request receive(ByteBuffer data, int capacity, int source, int tag) {
    require(data, capacity);
    if (source != ANY) {
      Objects.checkIndex(source, size());
    }
    Mailbox.Receipt receipt =
        new Mailbox.Receipt(data, capacity, source, tag, ranks.meeting()::check);
    ranks.mailbox(rank).expect(receipt);
    return receipt;
  }

  /** The other transports take no other buffers, so this one does not either. */
  private static void require(ByteBuffer data, int length) {
    if (!data.isDirect()) {
      throw new IllegalArgumentException("messages need direct buffers");
    }
    Objects.checkFromIndexSize(0, length, data.capacity());
  }

  /** A message that was copied at once. */
  private record Sent(int length, int peer) implements Request {
    @Override
    public boolean test() {
      return true;
    }
  }

  @Override
  public void allReduce(long[] values, Reduction reduction) {
    Object[] all = ranks.meeting().share(rank, values.clone());
    for (int i = 0; i < values.length; i++) {
      values[i] = ((long[]) all[0])[i];
      for (int r = 1; r < all.length; r++) {
        values[i] = reduction.of(values[i], ((long[]) all[r])[i]);
      }
    }
  }

  @Override
  public void allReduce(double[] values, Extremum extremum) {
    Object[] all = ranks.meeting().share(rank, values.clone());
    for (int i = 0; i < values.length; i++) {
      values[i] = ((double[]) all[0])[i];
      for (int r = 1; r < all.length; r++) {
        values[i] = extremum.of(values[i], ((double[]) all[r])[i]);
      }
      values[i] += 0.0; // no negative zero
    }
  }

  @Override
  public byte[] broadcast(byte[] data, int root) {
    Object[] all = ranks.meeting().share(rank, rank == root ? data.clone() : null);
    return rank == root ? data : ((byte[]) all[root]).clone();
  }

  @Override
  public byte[][] gather(byte[] data, int root) {
    Object[] all = ranks.meeting().share(rank, data.clone());
    if (rank != root) {
      return new byte[0][];
    }
    byte[][] gathered = new byte[all.length][];
    for (int r = 0; r < all.length; r++) {
      gathered[r] = (byte[]) all[r];
    }
    return gathered;
  }

  @Override
  public void barrier() {
    ranks.meeting().share(rank, null);
  }

  @Override
  public void abort(int code) {
    ranks.meeting().abort(code);
  }

  @Override
  public void ending() {
    ranks.meeting().end(rank);
  }

  @Override
  public void close() {
    // Ranks share memory only; it goes with them.
  }
}
