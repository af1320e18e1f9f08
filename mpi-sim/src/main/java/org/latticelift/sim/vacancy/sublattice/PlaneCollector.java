package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Request;
import org.latticelift.sim.vacancy.sublattice.Domain.RankGrid;

/**
 * Brings a distributed three-dimensional array, plane by plane of constant first index, to ranks
 * that then hold whole planes: files are written in whole planes only. Ranks with the same part of
 * the first axis take turns, so that all of them write. Memory: one plane and one own rectangle per
 * rank of such a group.
 */
final class PlaneCollector {
  private static final int TAG = 200;

  /** A box of items: cells, or blocks. */
  record Box(int[] first, int[] count) {}

  /** Copies the row of own items (x, y, own z range), counted from the own corner, to a buffer. */
  interface Source {
    void row(int x, int y, ByteBuffer to);
  }

  /** Takes a whole plane, its number counted over all ranks. */
  interface Sink {
    void plane(int x, byte[] bytes);
  }

  private final Communicator ranks;
  private final List<Integer> group = new ArrayList<>();
  private final List<Box> boxes = new ArrayList<>();
  private final int me;
  private final int[] extent;
  private final int itemBytes;
  private final ByteBuffer[] outgoing;
  private final ByteBuffer[] incoming;
  private final Request[] sent;

  /**
   * Plans the collection.
   *
   * @param itemBytes bytes per item
   */
  PlaneCollector(Communicator ranks, Domain domain, BoxOf boxOf, int[] extent, int itemBytes) {
    this.ranks = ranks;
    this.extent = extent.clone();
    this.itemBytes = itemBytes;
    RankGrid grid = domain.ranks();
    int mine = grid.position(ranks.rank(), 0);
    for (int j = 0; j < grid.py(); j++) {
      for (int k = 0; k < grid.pz(); k++) {
        int rank = grid.rank(mine, j, k);
        group.add(rank);
        boxes.add(boxOf.box(new Domain(domain.blocks(), grid, rank)));
      }
    }
    me = group.indexOf(ranks.rank());
    outgoing = new ByteBuffer[group.size()];
    incoming = new ByteBuffer[group.size()];
    sent = new Request[group.size()];
    for (int g = 0; g < group.size(); g++) {
      outgoing[g] = ByteBuffer.allocateDirect(rectangle(me));
      incoming[g] = ByteBuffer.allocateDirect(rectangle(g));
    }
  }

  /** The box of items of a rank. */
  interface BoxOf {
    Box box(Domain domain);
  }

  private int rectangle(int g) {
    int[] count = boxes.get(g).count();
    return Math.multiplyExact(Math.multiplyExact(count[1], count[2]), itemBytes);
  }

  /** Collects all planes of this part of the first axis; collective within it. */
  void collect(Source source, Sink sink) {
    Box box = boxes.get(me);
    int planes = box.count()[0];
    for (int from = 0; from < planes; from += group.size()) {
      int round = Math.min(group.size(), planes - from);
      for (int g = 0; g < round; g++) {
        send(g, from + g, source);
      }
      if (me < round) {
        sink.plane(box.first()[0] + from + me, received());
      }
      for (int g = 0; g < round; g++) {
        if (g != me) {
          sent[g].await();
        }
      }
    }
  }

  private void send(int g, int x, Source source) {
    ByteBuffer out = outgoing[g].clear();
    for (int y = 0; y < boxes.get(me).count()[1]; y++) {
      source.row(x, y, out);
    }
    if (g != me) {
      sent[g] = ranks.send(out, out.position(), group.get(g), TAG);
    }
  }

  private byte[] received() {
    byte[] plane = new byte[Math.multiplyExact(extent[0] * extent[1], itemBytes)];
    Request[] coming = new Request[group.size()];
    for (int g = 0; g < group.size(); g++) {
      if (g != me) {
        coming[g] = ranks.receive(incoming[g], rectangle(g), group.get(g), TAG);
      }
    }
    for (int g = 0; g < group.size(); g++) {
      if (g != me) {
        coming[g].await();
      }
      place(g == me ? outgoing[me] : incoming[g], boxes.get(g), plane);
    }
    return plane;
  }

  private void place(ByteBuffer rectangle, Box box, byte[] plane) {
    int row = box.count()[2] * itemBytes;
    for (int y = 0; y < box.count()[1]; y++) {
      int at = ((box.first()[1] + y) * extent[1] + box.first()[2]) * itemBytes;
      rectangle.get(y * row, plane, at, row);
    }
  }
}
