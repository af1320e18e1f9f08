package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.barrierfit.SampleGroup.RandomGroupConfig;
import org.latticelift.learn.barrierfit.SampleGroup.SoluteGroupConfig;
import org.latticelift.learn.barrierfit.SampleGroup.SublatticeGroupConfig;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * One kind of environments of a barrier table (CN-06). A group is made of members, each with a
 * stream of its own, so that a table does not depend on threads.
 */
public sealed interface SampleGroup permits KmcGroupConfig, SampleGroup.IndependentGroup {
  /** The category of its environments. */
  String name();

  /** Its weight in the table; relative to the other groups. */
  double share();

  /** Number of members, at least 1. */
  int members(int wanted);

  /**
   * Makes the environments of one member ({@code wanted}: number of environments to aim at); whole
   * environments in lab order, at most the number wanted.
   */
  byte[] member(SampleContext context, int wanted, RandomStream stream);

  /** Reads a group; the key {@code kind} says which. */
  static SampleGroup fromConfig(ConfigNode node) {
    String kind = node.get("kind").text();
    return switch (kind) {
      case "kmc" -> Binder.bind(node, KmcGroupConfig.class);
      case "random" -> Binder.bind(node, RandomGroupConfig.class);
      case "sublattices" -> Binder.bind(node, SublatticeGroupConfig.class);
      case "solute" -> Binder.bind(node, SoluteGroupConfig.class);
      default ->
          throw LatticeLiftException.badData(
              "unknown kind '" + kind + "'",
              node.get("kind").where(),
              "kmc, random, sublattices, solute",
              "Choose one of them");
    };
  }

  /** A group whose environments are independent of each other, so that members are blocks. */
  sealed interface IndependentGroup extends SampleGroup
      permits RandomGroupConfig, SublatticeGroupConfig, SoluteGroupConfig {
    /** Environments of a member. */
    int BLOCK = 2000;

    /** Further vacancies of its environments. */
    FurtherVacanciesConfig vacancies();

    /** Draws the species of one environment ({@code at}: where it begins in {@code codes}). */
    void fill(SampleContext context, byte[] codes, int at, RandomStream stream);

    @Override
    default int members(int wanted) {
      return Math.max(1, (wanted + BLOCK - 1) / BLOCK);
    }

    @Override
    default byte[] member(SampleContext context, int wanted, RandomStream stream) {
      EnvironmentGeometry geometry = context.teacher().crystal().environment(0);
      byte[] codes = new byte[wanted * context.sites()];
      for (int at = 0; at < codes.length; at += context.sites()) {
        fill(context, codes, at, stream);
        vacancies().apply(geometry, codes, at, stream);
      }
      return codes;
    }
  }

  /**
   * Sites drawn independently, each environment with a composition of its own.
   *
   * @param name category
   * @param kind {@code random}
   * @param share relative to the other groups
   */
  public record RandomGroupConfig(
      String name,
      @OneOf("random") String kind,
      @Range(min = 0) double share,
      @Doc("how the composition of each environment is drawn") @Default("{}")
          AtomMixConfig composition,
      @Doc("further vacancies") @Default("{}") FurtherVacanciesConfig vacancies)
      implements IndependentGroup {

    @Override
    public void fill(SampleContext context, byte[] codes, int at, RandomStream stream) {
      double[] cumulative = composition.draw(context.speciesNames().size(), stream);
      for (int i = 0; i < context.sites(); i++) {
        codes[at + i] = AtomMixConfig.species(cumulative, stream);
      }
    }
  }

  /**
   * One species with some of the others in it.
   *
   * @param name category
   * @param kind {@code solute}
   * @param share relative to the other groups
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
      implements IndependentGroup {

    @Override
    public void fill(SampleContext context, byte[] codes, int at, RandomStream stream) {
      int species = context.speciesNames().size();
      int host = 1 + stream.below(species);
      double solute = maxSolute * stream.uniform();
      for (int i = 0; i < context.sites(); i++) {
        boolean replaced = stream.uniform() < solute;
        codes[at + i] = (byte) (replaced ? 1 + stream.below(species) : host);
      }
    }
  }

  /**
   * Ordered alloys: one species on the basis position of the vacancy, another on the rest (B2 in
   * BCC), with a random part replaced by any species.
   *
   * @param name category
   * @param kind {@code sublattices}
   * @param share relative to the other groups
   */
  public record SublatticeGroupConfig(
      String name,
      @OneOf("sublattices") String kind,
      @Range(min = 0) double share,
      @Doc("pairs of species; one is drawn per environment") List<List<String>> pairs,
      @Doc("largest replaced fraction; uniform from 0") @Default("0.5") @Range(min = 0, max = 1)
          double maxReplaced,
      @Doc("further vacancies") @Default("{}") FurtherVacanciesConfig vacancies)
      implements IndependentGroup {

    /** Checks that pairs are pairs. */
    public SublatticeGroupConfig {
      pairs = pairs.stream().map(List::copyOf).toList();
      if (pairs.isEmpty() || pairs.stream().anyMatch(pair -> pair.size() != 2)) {
        throw new IllegalArgumentException("pairs must be a list of two species each");
      }
    }

    @Override
    public void fill(SampleContext context, byte[] codes, int at, RandomStream stream) {
      EnvironmentGeometry geometry = context.teacher().crystal().environment(0);
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

  /** Further vacancies in the environment of a vacancy. */
  public record FurtherVacanciesConfig(
      @Doc("probability that an environment has further vacancies")
          @Default("0")
          @Range(min = 0, max = 1)
          double probability,
      @Doc("fewest vacancies, where there are any") @Default("1") @Range(min = 1, max = 100)
          int min,
      @Doc("most vacancies") @Default("4") @Range(min = 1, max = 100) int max,
      @Doc("the weight of a site of shell n is n to the power of minus this")
          @Default("0")
          @Range(min = 0, max = 10)
          double decay) {

    /** Checks the range. */
    public FurtherVacanciesConfig {
      if (max < min) {
        throw new IllegalArgumentException("max " + max + " is below min " + min);
      }
    }

    void apply(EnvironmentGeometry geometry, byte[] codes, int at, RandomStream stream) {
      if (stream.uniform() >= probability) {
        return;
      }
      int count = Math.min(min + stream.below(max - min + 1), geometry.sites());
      for (int placed = 0; placed < count; ) {
        int site = stream.below(geometry.sites());
        double weight = StrictMath.pow(geometry.shellOf(site), -decay);
        if (codes[at + site] != 0 && stream.uniform() < weight) {
          codes[at + site] = 0;
          placed++;
        }
      }
    }
  }
}
