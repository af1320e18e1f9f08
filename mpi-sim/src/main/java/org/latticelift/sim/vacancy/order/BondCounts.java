package org.latticelift.sim.vacancy.order;

import java.util.List;
import java.util.Optional;
import org.latticelift.sim.kernel.FastestKernel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/** Chooses how bonds are counted: by vectors where the Vector API is there, else one by one. */
public final class BondCounts {
  private static final Optional<BondArithmetic> VECTORS =
      FastestKernel.withVectors(BondArithmetic.class);

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
    return VECTORS
        .filter(arithmetic -> fits)
        .<BondCount>map(arithmetic -> new PaddedBondCount(forward, species, arithmetic))
        .orElseGet(() -> new PlainBondCount(forward));
  }
}
