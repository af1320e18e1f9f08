package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * Ordered alloys: one species on the basis position of the vacancy, another on the rest (B2 in
 * BCC), with a random part replaced by any species.
 *
 * @param name category
 * @param kind {@code sublattices}
 * @param share relative to the other groups
 * @param pairs pairs of species; one is drawn per environment, in either order
 * @param maxReplaced largest replaced fraction; uniform from 0
 * @param vacancies further vacancies
 */
public record SublatticeGroupConfig(
    String name,
    @OneOf("sublattices") String kind,
    @Range(min = 0) double share,
    @Doc("pairs of species; one is drawn per environment") List<List<String>> pairs,
    @Doc("largest replaced fraction; uniform from 0") @Default("0.5") @Range(min = 0, max = 1)
        double maxReplaced,
    @Doc("further vacancies") @Default("{}") FurtherVacanciesConfig vacancies)
    implements SampleGroup {

  /**
   * Checks that pairs are pairs.
   *
   * @param name category
   * @param kind {@code sublattices}
   * @param share relative to the other groups
   * @param pairs pairs of species; one is drawn per environment, in either order
   * @param maxReplaced largest replaced fraction; uniform from 0
   * @param vacancies further vacancies
   */
  public SublatticeGroupConfig {
    pairs = pairs.stream().map(List::copyOf).toList();
    if (pairs.isEmpty() || pairs.stream().anyMatch(pair -> pair.size() != 2)) {
      throw new IllegalArgumentException("pairs must be a list of two species each");
    }
  }

  @Override
  public int members(int wanted) {
    return SampleGroup.blocks(wanted);
  }

  @Override
  public byte[] member(SampleContext context, int wanted, RandomStream stream) {
    EnvironmentGeometry geometry = context.teacher().crystal().environment(0);
    int sites = context.sites();
    byte[] codes = new byte[wanted * sites];
    for (int e = 0; e < wanted; e++) {
      fill(context, geometry, codes, e * sites, stream);
      vacancies.apply(geometry, codes, e * sites, stream);
    }
    return codes;
  }

  private void fill(
      SampleContext context,
      EnvironmentGeometry geometry,
      byte[] codes,
      int at,
      RandomStream stream) {
    List<String> pair = pairs.get(stream.below(pairs.size()));
    int first = stream.below(2);
    byte own = context.code(pair.get(first));
    byte other = context.code(pair.get(1 - first));
    double replaced = maxReplaced * stream.uniform();
    for (int i = 0; i < geometry.sites(); i++) {
      boolean keep = stream.uniform() >= replaced;
      byte ordered = geometry.basis(i) == 0 ? own : other;
      codes[at + i] = keep ? ordered : (byte) (1 + stream.below(context.speciesNames().size()));
    }
  }
}
