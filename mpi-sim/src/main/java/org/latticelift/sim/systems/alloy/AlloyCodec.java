package org.latticelift.sim.systems.alloy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Species codes, one byte per site; checkpoints also keep the order of the vacancies. */
final class AlloyCodec implements StateCodec<AlloyState> {
  private final AlloyLattices lattices;

  AlloyCodec(AlloyLattices lattices) {
    this.lattices = lattices;
  }

  @Override
  public String dataset() {
    return ATOMS;
  }

  @Override
  public ElementType elementType() {
    return ElementType.UINT8;
  }

  @Override
  public long[] shape(Extent extent) {
    List<Integer> cells = extent.shape();
    return new long[] {cells.get(0), cells.get(1), cells.get(2), lattices.crystal().basisCount()};
  }

  @Override
  public List<String> axes() {
    return List.of("x", "y", "z", "basis");
  }

  @Override
  public Map<String, List<String>> legend() {
    Map<String, List<String>> legend = new LinkedHashMap<>();
    legend.put("species_names", lattices.config().species());
    lattices
        .constant()
        .ifPresent(a -> legend.put(SpeciesNames.LATTICE_CONSTANT, List.of(Double.toString(a))));
    return legend;
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
    ByteBuffer buffer =
        ByteBuffer.allocate(species.length + Long.BYTES * vacancies.length).put(species);
    for (long vacancy : vacancies) {
      buffer.putLong(vacancy);
    }
    return buffer.array();
  }

  @Override
  public AlloyState restore(byte[] bytes, Extent extent) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Lattice lattice = lattice(buffer, extent);
    long[] vacancies = new long[buffer.remaining() / Long.BYTES];
    for (int i = 0; i < vacancies.length; i++) {
      vacancies[i] = buffer.getLong();
    }
    return new AlloyState(lattice, vacancies);
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
