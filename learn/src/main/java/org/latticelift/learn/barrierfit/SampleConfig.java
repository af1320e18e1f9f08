package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

/**
 * What a barrier table is made of.
 *
 * @param environments number of environments to aim at; duplicates are dropped
 * @param freshEnvironments environments of the second table, which has only new environments from
 *     independent histories of the {@code kmc} groups; 0: none
 * @param species names of the species, in the order of their codes
 * @param groups kinds of environments and their shares (CN-06)
 */
public record SampleConfig(
    @Doc("environments to aim at; duplicates are dropped")
        @Default("150000")
        @Range(min = 1, max = 15_000_000)
        int environments,
    @Doc("environments of the table of new KMC environments; 0: none")
        @Default("0")
        @Range(min = 0, max = 15_000_000)
        int freshEnvironments,
    @Doc("names of the species in the order of their codes") @Default("[Nb, Mo, Ta]")
        List<String> species,
    @Doc("kinds of environments and their shares") List<SampleGroup> groups) {

  /**
   * Checks that there is something to sample.
   *
   * @param environments number of environments to aim at; duplicates are dropped
   * @param freshEnvironments environments of the second table, which has only new environments from
   *     independent histories of the {@code kmc} groups; 0: none
   * @param species names of the species, in the order of their codes
   * @param groups kinds of environments and their shares (CN-06)
   */
  public SampleConfig {
    species = SpeciesNames.require(species, "sample.species");
    groups = List.copyOf(groups);
    if (!(groups.stream().mapToDouble(SampleGroup::share).sum() > 0)) {
      throw new IllegalArgumentException("the shares of the groups sum to 0");
    }
    if (freshEnvironments > 0 && groups.stream().noneMatch(KmcGroupConfig.class::isInstance)) {
      throw new IllegalArgumentException("fresh_environments needs a group of kind kmc");
    }
  }
}
