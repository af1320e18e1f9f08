package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** The two distributed arrays of a run: codes by cell, and streams by block. */
final class Planes {
  private Planes() {}

  /** Codes; a plane holds ny nz basis bytes as in files. */
  static void codes(Communicator ranks, Domain domain, Lattice lattice, PlaneCollector.Sink sink) {
    int basis = lattice.crystal().basisCount();
    BlockGrid blocks = domain.blocks();
    int[] extent = {blocks.ny(), blocks.nz()};
    int row = domain.own(2) * basis;
    new PlaneCollector(ranks, domain, part -> box(part, i -> i), extent, basis)
        .collect(
            (x, y, to) -> {
              int at = ((domain.halo(1) + y) * lattice.nz() + domain.halo(2)) * basis;
              to.put(lattice.plane(domain.halo(0) + x), at, row);
            },
            sink);
  }

  /** Streams; a plane holds one record per block of a layer of blocks. */
  static void streams(
      Communicator ranks, Domain domain, BlockStreams streams, PlaneCollector.Sink sink) {
    BlockGrid blocks = domain.blocks();
    int edge = blocks.edge();
    int[] extent = {blocks.along(1), blocks.along(2)};
    PlaneCollector.Box own = box(domain, i -> i / edge);
    new PlaneCollector(
            ranks, domain, part -> box(part, i -> i / edge), extent, streams.savedBytes())
        .collect((x, y, to) -> row(own, streams, x, y, to), sink);
  }

  private static void row(
      PlaneCollector.Box own, BlockStreams streams, int x, int y, ByteBuffer to) {
    int[] n = own.count();
    for (int z = 0; z < n[2]; z++) {
      streams.save((x * n[1] + y) * n[2] + z, to);
    }
  }

  private static PlaneCollector.Box box(Domain domain, IntUnaryOperator unit) {
    int[] first = new int[3];
    int[] count = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      first[axis] = unit.applyAsInt(domain.first(axis));
      count[axis] = unit.applyAsInt(domain.own(axis));
    }
    return new PlaneCollector.Box(first, count);
  }
}
