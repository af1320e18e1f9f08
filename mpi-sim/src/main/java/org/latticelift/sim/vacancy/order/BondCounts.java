package org.latticelift.sim.vacancy.order;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/** Chooses how bonds are counted: by vectors where the Vector API is there, else one by one. */
public final class BondCounts {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private BondCounts() {}

  /**
   * The fastest way here.
   *
   * @param crystal any crystal
   * @param shell number of the shell, 1 the nearest
   * @param species number of species
   * @return the same counts as the plain twin
   */
  public static BondCount fastest(Crystal crystal, int shell, int species) {
    return fastest(PairCounter.forward(crystal, shell), species);
  }

  /**
   * The plain twin of the fastest way.
   *
   * @param crystal any crystal
   * @param shell number of the shell, 1 the nearest
   * @return one bond after the other
   */
  public static BondCount plain(Crystal crystal, int shell) {
    return new PlainBondCount(PairCounter.forward(crystal, shell));
  }

  /** For the neighbours to which the sites of each basis position own bonds. */
  static BondCount fastest(List<List<SiteOffset>> forward, int species) {
    boolean fits = forward.stream().allMatch(f -> PaddedBondCount.fits(f.size()));
    return Holder.ARITHMETIC
        .filter(arithmetic -> fits)
        .<BondCount>map(arithmetic -> new PaddedBondCount(forward, species, arithmetic))
        .orElseGet(() -> new PlainBondCount(forward));
  }

  private static Optional<BondArithmetic> find() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()
        ? Optional.empty()
        : ServiceLoader.load(BondArithmetic.class).findFirst();
  }

  private static final class Holder {
    static final Optional<BondArithmetic> ARITHMETIC = find();
  }
}
