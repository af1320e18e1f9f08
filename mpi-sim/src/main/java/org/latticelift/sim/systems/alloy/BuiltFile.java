package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.vacancy.build.AtomPairs;
import org.latticelift.sim.vacancy.build.PairShares;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * A built configuration: {@code species} [nx,ny,nz,basis] as in files of the stages, and the pairs
 * that were asked for and reached.
 */
final class BuiltFile {
  private BuiltFile() {}

  static void write(
      Path file,
      AlloyBuild.Built built,
      AtomPairs pairs,
      List<PairShares> targets,
      OptionalDouble constant,
      Provenance provenance) {
    Lattice lattice = built.lattice();
    SlabDataset sites;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", pairs.species().toArray(new String[0]));
      writer.attribute("/", "crystal", lattice.crystal().name());
      writer.attribute("/", "pair_names", pairs.names().toArray(new String[0]));
      constant.ifPresent(
          a ->
              writer.attribute(
                  "/", SpeciesNames.LATTICE_CONSTANT, new String[] {Double.toString(a)}));
      provenance.writeTo(writer);
      sites = reserve(writer, lattice);
      long[] size = {targets.size(), pairs.count()};
      writer.dataset(
          "/pairs/reached",
          flat(built.reached().shares(), pairs),
          size,
          DatasetInfo.of("1", "shares of pairs among bonds between atoms", "shell", "pair"));
      writer.dataset(
          "/pairs/target",
          flat(targets, pairs),
          size,
          DatasetInfo.of("1", "shares that were asked for; NaN where none", "shell", "pair"));
    }
    try (sites) {
      long at = 0;
      for (int x = 0; x < lattice.nx(); x++) {
        sites.writeStored(at, lattice.plane(x));
        at += lattice.plane(x).length;
      }
      sites.force();
    }
  }

  private static SlabDataset reserve(Hdf5Writer writer, Lattice lattice) {
    long[] dims = {lattice.nx(), lattice.ny(), lattice.nz(), lattice.crystal().basisCount()};
    return writer.reserve(
        "/" + StateCodec.ATOMS,
        ElementType.UINT8,
        dims,
        DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
  }

  private static double[] flat(List<PairShares> shells, AtomPairs pairs) {
    double[] none = new double[pairs.count()];
    Arrays.fill(none, Double.NaN);
    return shells.stream()
        .flatMapToDouble(shell -> Arrays.stream(shell == null ? none : shell.share()))
        .toArray();
  }
}
