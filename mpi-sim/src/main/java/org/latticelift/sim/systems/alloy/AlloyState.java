package org.latticelift.sim.systems.alloy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.LatticeView.StoredLattice;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.transport.Displacements;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/**
 * A lattice and its vacancies in selection order (AL-41). The order is part of the state: it
 * decides which event a random number selects. An upsampled lattice may still be in parts (EX-25);
 * whoever asks for all sites has them put together, and from then on they are the state.
 */
final class AlloyState {
  private LatticeView sites;

  /** Of a run whose displacements are measured. */
  private Optional<Displacements> moved = Optional.empty();

  AlloyState(Lattice lattice, long[] vacancies) {
    this(new StoredLattice(lattice, vacancies));
  }

  /** Vacancies in the order of the view. */
  AlloyState(LatticeView sites) {
    this.sites = sites;
  }

  /**
   * A lattice filled site by site; every arrangement with these counts is equally likely ({@code
   * counts}: sites per code, their sum the number of sites; not modified).
   */
  static AlloyState random(LatticeShape shape, long[] counts, RandomStream stream) {
    Lattice lattice = new Lattice(shape);
    long[] left = counts.clone();
    long remaining = lattice.sites();
    for (int x = 0; x < lattice.nx(); x++) {
      byte[] plane = lattice.plane(x);
      for (int i = 0; i < plane.length; i++) {
        long pick = stream.below(remaining--);
        byte code = 0;
        while (pick >= left[code]) {
          pick -= left[code++];
        }
        left[code]--;
        plane[i] = code;
      }
    }
    return scanned(lattice);
  }

  static AlloyState scanned(Lattice lattice) {
    return new AlloyState(lattice, lattice.vacancies());
  }

  void measured(Columns layout) {
    moved = Optional.of(new Displacements(layout, lattice(), vacancies().length));
  }

  Optional<Displacements> moved() {
    return moved;
  }

  /** What can be read without putting anything together. */
  LatticeView sites() {
    return sites;
  }

  private StoredLattice stored() {
    if (!(sites instanceof StoredLattice)) {
      Lattice whole = sites.whole();
      sites = new StoredLattice(whole, whole.vacancies());
    }
    return (StoredLattice) sites;
  }

  Lattice lattice() {
    return stored().whole();
  }

  /** The list itself, which the dynamics keep up to date. */
  long[] vacancies() {
    return stored().vacancies();
  }

  AlloyState copy() {
    return new AlloyState(lattice().copy(), vacancies().clone());
  }

  /** Species codes, one byte per site; checkpoints also keep the order of the vacancies. */
  record AlloyCodec(AlloyLattices lattices, Optional<Columns> transport)
      implements StateCodec<AlloyState> {
    @Override
    public long[] shape(Extent extent) {
      List<Integer> cells = extent.shape();
      return new long[] {cells.get(0), cells.get(1), cells.get(2), lattices.crystal().basisCount()};
    }

    @Override
    public Layout layout() {
      Map<String, List<String>> legend = new LinkedHashMap<>();
      legend.put("species_names", lattices.config().species());
      lattices
          .constant()
          .ifPresent(a -> legend.put(SpeciesNames.LATTICE_CONSTANT, List.of(Double.toString(a))));
      return new Layout(ATOMS, ElementType.UINT8, List.of("x", "y", "z", "basis"), legend);
    }

    @Override
    public byte[] encode(AlloyState state) {
      Lattice lattice = state.lattice();
      byte[] all = new byte[Math.toIntExact(lattice.sites())];
      int at = 0;
      for (int x = 0; x < lattice.nx(); x++) {
        byte[] plane = lattice.plane(x);
        System.arraycopy(plane, 0, all, at, plane.length);
        at += plane.length;
      }
      return all;
    }

    @Override
    public AlloyState decode(byte[] bytes, Extent extent) {
      return AlloyState.scanned(lattice(ByteBuffer.wrap(bytes), extent));
    }

    @Override
    public void details(Hdf5Writer file, String group, AlloyState state) {
      Lattice lattice = state.lattice();
      VacancyPositions.write(
          file,
          group,
          lattices.crystal(),
          new Cells(lattice.nx(), lattice.ny(), lattice.nz()),
          state.vacancies());
    }

    @Override
    public byte[] save(AlloyState state) {
      byte[] species = encode(state);
      long[] vacancies = state.vacancies();
      byte[] moved = state.moved().map(Displacements::save).orElse(new byte[0]);
      ByteBuffer buffer =
          ByteBuffer.allocate(species.length + Long.BYTES * vacancies.length + moved.length)
              .put(species);
      for (long vacancy : vacancies) {
        buffer.putLong(vacancy);
      }
      return buffer.put(moved).array();
    }

    @Override
    public AlloyState restore(byte[] bytes, Extent extent) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Lattice lattice = lattice(buffer, extent);
      int count = lattice.vacancies().length;
      long[] vacancies = new long[count];
      for (int i = 0; i < count; i++) {
        vacancies[i] = buffer.getLong();
      }
      AlloyState state = new AlloyState(lattice, vacancies);
      transport.ifPresent(
          layout -> {
            state.measured(layout);
            state.moved().orElseThrow().restore(buffer);
          });
      return state;
    }

    private Lattice lattice(ByteBuffer bytes, Extent extent) {
      List<Integer> cells = extent.shape();
      Lattice lattice =
          lattices.shapes().lattice(new Cells(cells.get(0), cells.get(1), cells.get(2)));
      for (int x = 0; x < lattice.nx(); x++) {
        bytes.get(lattice.plane(x));
      }
      return lattice;
    }
  }

  /** Where the species of a state stand in an HDF5 file. */
  static final class SpeciesDataset {
    private static final String NAME = "/" + StateCodec.ATOMS;
    private static final int DEEPEST = 3;
    private static final int SPACE = 3;
    private static final int MOST_GROUPS = 100_000;
    private static final int SHOWN = 8;

    private SpeciesDataset() {}

    /**
     * How many states a dataset holds, and of what size.
     *
     * @param snapshots at least 1
     * @param cells of each
     */
    record Shape(long snapshots, Cells cells) {}

    /**
     * The shape of a dataset; any other than [nx,ny,nz,basis] or [snapshots,nx,ny,nz,basis], or
     * none at all, is an error (65).
     */
    static Shape shape(Hdf5Reader file, String dataset, Crystal crystal) {
      long[] dims = file.dims(dataset);
      int first = dims.length - SPACE - 1;
      boolean fits = (first == 0 || first == 1) && dims[first + SPACE] == crystal.basisCount();
      for (int axis = 0; fits && axis < SPACE; axis++) {
        fits = dims[first + axis] > 0 && dims[first + axis] <= Integer.MAX_VALUE;
      }
      if (!fits || first == 1 && dims[0] < 1) {
        String axes = "[nx, ny, nz, " + crystal.basisCount() + "]";
        throw LatticeLiftException.badData(
            "no states of " + crystal.name() + ": shape " + Arrays.toString(dims),
            file.file() + " " + dataset,
            axes + ", or with an axis of at least one snapshot before it",
            "Check the file, the dataset and the crystal");
      }
      Cells cells = new Cells((int) dims[first], (int) dims[first + 1], (int) dims[first + 2]);
      return new Shape(first == 0 ? 1 : dims[0], cells);
    }

    /**
     * The dataset of a group, or the only one of the file ({@code group}: such as T2000; empty
     * where there is only one).
     */
    static String of(Hdf5Reader file, String group) {
      if (!group.isEmpty()) {
        return "/" + group + NAME;
      }
      List<String> all = new ArrayList<>();
      collect(file, "", 0, all, new AtomicInteger());
      if (all.contains(NAME)) {
        return NAME;
      }
      if (all.size() != 1) {
        throw LatticeLiftException.badData(
            all.isEmpty() ? "no state of an alloy" : all.size() + " states",
            file.file().toString(),
            all.isEmpty() ? "a dataset 'species'" : "one of the groups " + some(all),
            "Name the group: --condition of 'sro', key lattice.start.group");
      }
      return all.get(0);
    }

    private static String some(List<String> datasets) {
      List<String> groups =
          datasets.stream().limit(SHOWN).map(SpeciesDataset::group).collect(Collectors.toList());
      if (datasets.size() > SHOWN) {
        groups.add("... " + (datasets.size() - SHOWN) + " more");
      }
      return groups.toString();
    }

    private static String group(String dataset) {
      return dataset.substring(1, dataset.length() - NAME.length());
    }

    private static void collect(
        Hdf5Reader file, String group, int depth, List<String> all, AtomicInteger groups) {
      if (groups.incrementAndGet() > MOST_GROUPS) {
        throw LatticeLiftException.badData(
            "more than " + MOST_GROUPS + " groups",
            file.file().toString(),
            "fewer groups to look for a state in",
            "Name the group: --condition of 'sro', key lattice.start.group");
      }
      if (file.exists(group + NAME)) {
        all.add(group + NAME);
      }
      if (depth == DEEPEST) {
        return;
      }
      for (String child : file.children(group.isEmpty() ? "/" : group)) {
        String path = group + "/" + child;
        if (file.isGroup(path)) {
          collect(file, path, depth + 1, all, groups);
        }
      }
    }
  }

  /**
   * Dataset {@code vacancies/position}: half-grid units for BCC (AL-04), else cells and basis
   * position.
   */
  static final class VacancyPositions {
    private static final int AXES = 3;

    private VacancyPositions() {}

    /**
     * Writes the positions ({@code sites}: numbers of vacant sites of a lattice with these cells).
     */
    static void write(Hdf5Writer file, String group, Crystal crystal, Cells cells, long... sites) {
      boolean bcc = crystal.isBcc();
      int columns = bcc ? AXES : AXES + 1;
      long[] position = new long[columns * sites.length];
      for (int i = 0; i < sites.length; i++) {
        place(sites[i], crystal, cells, bcc, position, columns * i);
      }
      file.group(group + "/vacancies");
      file.dataset(
          group + "/vacancies/position",
          position,
          new long[] {sites.length, columns},
          DatasetInfo.of(
              bcc ? "half cell" : "cell", "positions of the vacancies", "vacancy", "coordinate"));
    }

    private static void place(
        long site, Crystal crystal, Cells cells, boolean bcc, long[] to, int at) {
      int basis = crystal.basisCount();
      int b = SiteIndex.b(site, basis);
      long[] cell = {
        SiteIndex.x(site, cells.ny(), cells.nz(), basis),
        SiteIndex.y(site, cells.ny(), cells.nz(), basis),
        SiteIndex.z(site, cells.nz(), basis)
      };
      for (int axis = 0; axis < AXES; axis++) {
        to[at + axis] = bcc ? 2 * cell[axis] + b : cell[axis];
      }
      if (!bcc) {
        to[at + AXES] = b;
      }
    }
  }
}
