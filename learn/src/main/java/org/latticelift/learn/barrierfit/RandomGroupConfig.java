package org.latticelift.learn.barrierfit;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.random.RandomStream;

/**
 * Sites drawn independently, each environment with a composition of its own.
 *
 * @param name category
 * @param kind {@code random}
 * @param share relative to the other groups
 * @param composition how compositions are drawn
 * @param vacancies further vacancies
 */
public record RandomGroupConfig(
    String name,
    @OneOf("random") String kind,
    @Range(min = 0) double share,
    @Doc("how the composition of each environment is drawn") @Default("{}")
        AtomMixConfig composition,
    @Doc("further vacancies") @Default("{}") FurtherVacanciesConfig vacancies)
    implements SampleGroup {

  @Override
  public int members(int wanted) {
    return SampleGroup.blocks(wanted);
  }

  @Override
  public byte[] member(SampleContext context, int wanted, RandomStream stream) {
    int sites = context.sites();
    byte[] codes = new byte[wanted * sites];
    for (int e = 0; e < wanted; e++) {
      double[] cumulative = composition.draw(context.speciesNames().size(), stream);
      for (int i = 0; i < sites; i++) {
        codes[e * sites + i] = AtomMixConfig.species(cumulative, stream);
      }
      vacancies.apply(context.teacher().crystal().environment(0), codes, e * sites, stream);
    }
    return codes;
  }
}
