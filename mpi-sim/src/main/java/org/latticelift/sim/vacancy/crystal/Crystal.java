package org.latticelift.sim.vacancy.crystal;

import java.util.List;

/**
 * A crystal: conventional cell, basis, hops of a vacancy and the range of its environment.
 * Immutable.
 *
 * <p>Axes of the cell are a, b, c; a site is (x, y, z, basis). BCC with the maps of AL-20 is {@link
 * #bcc()}; the maps of other crystals are found from their point group by {@link #of}.
 */
public final class Crystal {
  private final CrystalSpec spec;
  private final EnvironmentGeometry[] environments;

  Crystal(CrystalSpec spec, EnvironmentGeometry[] environments) {
    this.spec = spec;
    this.environments = environments.clone();
  }

  /**
   * Body-centred cubic: lattice constant 3.24 Å, eight hops in the order of AL-05, 112 environment
   * sites within 7.5 Å, canonical maps of AL-20.
   *
   * @return the crystal of the NbMoTa alloy
   */
  public static Crystal bcc() {
    return Holder.BCC;
  }

  /**
   * Face-centred cubic: lattice constant 3.6 Å, twelve hops, environment of four shells.
   *
   * @return a crystal with four basis positions
   */
  public static Crystal fcc() {
    return Holder.FCC;
  }

  /**
   * Builds a crystal and its maps.
   *
   * @param spec cell, basis, hop length, cut-off and point group
   * @return the crystal
   * @throws IllegalArgumentException if hops are not related by the point group or the cut-off does
   *     not contain the hops
   */
  public static Crystal of(CrystalSpec spec) {
    return new Crystal(spec, EnvironmentBuilder.build(spec));
  }

  /**
   * What the crystal was made of.
   *
   * @return the definition
   */
  public CrystalSpec spec() {
    return spec;
  }

  /**
   * The name, such as {@code bcc}.
   *
   * @return lower case
   */
  public String name() {
    return spec.name();
  }

  /**
   * Whether it is body-centred cubic, for which some forms of files and some fast paths are.
   *
   * @return by its name
   */
  public boolean isBcc() {
    return name().equals(CrystalSpec.BCC);
  }

  /**
   * Sites per conventional cell.
   *
   * @return at least 1
   */
  public int basisCount() {
    return spec.basis().size();
  }

  /**
   * Hop directions of a vacancy.
   *
   * @return the same for every basis position
   */
  public int hopCount() {
    return environments[0].hops();
  }

  /**
   * Sites within the cut-off, the centre not counted.
   *
   * @return the same for every basis position
   */
  public int environmentSize() {
    return environments[0].sites();
  }

  /**
   * How far an environment reaches along an axis.
   *
   * @return largest displacement of an environment site, in cells
   */
  public int reach() {
    int reach = 0;
    for (EnvironmentGeometry environment : environments) {
      for (int j = 0; j < environment.sites(); j++) {
        reach = Math.max(reach, Math.abs(environment.dx(j)));
        reach = Math.max(reach, Math.abs(environment.dy(j)));
        reach = Math.max(reach, Math.abs(environment.dz(j)));
      }
    }
    return reach;
  }

  /**
   * The environment of a site.
   *
   * @param basis basis position of the centre
   * @return offsets and canonical maps
   */
  public EnvironmentGeometry environment(int basis) {
    return environments[basis];
  }

  /**
   * Neighbours of one shell.
   *
   * @param basis basis position of the centre
   * @param shell 1 for the nearest neighbours
   * @return all sites of the shell, in lab order
   */
  public List<SiteOffset> shell(int basis, int shell) {
    return environments[basis].shell(shell);
  }

  private static final class Holder {
    static final Crystal BCC = new Crystal(CrystalSpec.bcc(), BccEnvironment.build());
    static final Crystal FCC = of(CrystalSpec.fcc());
  }
}
