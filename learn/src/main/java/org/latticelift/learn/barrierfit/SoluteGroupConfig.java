package org.latticelift.learn.barrierfit;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.random.RandomStream;

/**
 * One species with some of the others in it.
 *
 * @param name category
 * @param kind {@code solute}
 * @param share relative to the other groups
 * @param maxSolute largest fraction of other species; uniform from 0
 * @param vacancies further vacancies
 */
public record SoluteGroupConfig(
    String name,
    @OneOf("solute") String kind,
    @Range(min = 0) double share,
    @Doc("largest fraction of other species; uniform from 0")
        @Default("0.2")
        @Range(min = 0, max = 1)
        double maxSolute,
    @Doc("further vacancies") @Default("{}") FurtherVacanciesConfig vacancies)
    implements SampleGroup {

  @Override
  public int members(int wanted) {
    return SampleGroup.blocks(wanted);
  }

  @Override
  public byte[] member(SampleContext context, int wanted, RandomStream stream) {
    int sites = context.sites();
    int species = context.speciesNames().size();
    byte[] codes = new byte[wanted * sites];
    for (int e = 0; e < wanted; e++) {
      int host = 1 + stream.below(species);
      double solute = maxSolute * stream.uniform();
      for (int i = 0; i < sites; i++) {
        boolean replaced = stream.uniform() < solute;
        codes[e * sites + i] = (byte) (replaced ? 1 + stream.below(species) : host);
      }
      vacancies.apply(context.teacher().crystal().environment(0), codes, e * sites, stream);
    }
    return codes;
  }
}
