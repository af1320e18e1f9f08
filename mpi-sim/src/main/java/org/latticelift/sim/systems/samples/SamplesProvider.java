package org.latticelift.sim.systems.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Imported;
import org.latticelift.sim.system.Imported.LargeRuns;
import org.latticelift.sim.system.Imported.Run;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.LinearRules;
import org.latticelift.sim.system.LinearRules.Rule;
import org.latticelift.sim.system.Macroscopics.LinearRelation;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.SystemProvider;

/** A system of which nothing is known but training samples, and perhaps runs of the large one. */
public final class SamplesProvider implements SystemProvider {
  private static final String NAME = "samples";
  private static final String RELATIONS = "samples.relations";

  /** Section {@code samples}. */
  record SamplesConfig(
      @Doc("training samples, CSV (by its name) or HDF5: condition, dt, z0, z1, perhaps group")
          InputFile file,
      @Doc("runs of the large system to compare with, CSV or HDF5: condition, run, time, z")
          Optional<InputFile> direct,
      @Range(min = 1)
          @Doc(
              "K, patches of the large system that change independently; 1 where a sample has the"
                  + " change of the whole")
          long patches,
      @Default("1") @OneOf({"1", "s"}) @Doc("unit of all times; 1: none") String timeUnit,
      @Default("{}") @Doc("units of observables by name; others have 1, none")
          Map<String, String> units,
      @Default("[]") @Doc("sum rules that all states obey, each with name, weights and constant")
          List<Rule> relations,
      @Default("{}")
          @Doc(
              "observables of the large system where predictions start, all of them by name; else"
                  + " the mean of the first records of direct, and without direct of z0")
          Map<String, Double> start) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(NAME, List.of(SamplesConfig.class));
  }

  /** As for the increments of an external program, of which no more is known. */
  @Override
  public String defaults() {
    return "{sde: {drift: {baseline: polynomial}}, train: {transition: midpoint}}";
  }

  @Override
  public boolean simulates() {
    return false;
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    SamplesConfig config = Binder.bind(root.get(NAME), SamplesConfig.class);
    SampleReader read = config.file().read(SampleReader::of);
    Optional<LargeRuns> direct = config.direct().map(file -> file.read(read::direct));
    List<String> names = read.observables();
    requireKnown(config.units(), names, "samples.units");
    List<LinearRelation> relations =
        config.relations().stream().map(rule -> rule.relation(names, RELATIONS)).toList();
    Imported imported = new Imported(read.increments(), direct);
    double[] start = start(config.start(), names, imported);
    LinearRules.requireObeyed(relations, names, read.increments().z0(), "z0", RELATIONS);
    LinearRules.requireObeyed(relations, names, read.increments().z1(), "z1", RELATIONS);
    runs(imported)
        .forEach(run -> LinearRules.requireObeyed(relations, names, run, "direct", RELATIONS));
    LinearRules.requireObeyed(relations, names, start, "start", RELATIONS);
    long patches = config.patches();
    SystemFacts facts =
        new SystemFacts(
                NAME,
                read.conditions(),
                LinearRules.of(
                    names,
                    names.stream().map(each -> config.units().getOrDefault(each, "1")).toList(),
                    relations,
                    RELATIONS),
                new Extent(Role.SMALL, "one patch", List.of(1), 1, 1),
                new Extent(
                    Role.LARGE,
                    patches == 1 ? "the whole" : patches + " patches",
                    List.of((int) Math.min(patches, Integer.MAX_VALUE)),
                    patches,
                    patches),
                CostEstimate.uniform(0, 0))
            .withTime(config.timeUnit(), 0)
            .withSymmetry(relations, new int[0]);
    return new ImportedSystem(facts, imported, start);
  }

  private static void requireKnown(Map<String, ?> values, List<String> names, String key) {
    for (String each : values.keySet()) {
      if (!names.contains(each)) {
        throw LatticeLiftException.badData(
            "an observable " + each, key, "one of " + names, "Correct the name");
      }
    }
  }

  private static double[] start(Map<String, Double> given, List<String> names, Imported imported) {
    requireKnown(given, names, "samples.start");
    if (!given.isEmpty() && given.size() < names.size()) {
      throw LatticeLiftException.badData(
          "a start of " + given.keySet(),
          "samples.start",
          "all observables: " + names,
          "Add the others, or remove the key");
    }
    return given.isEmpty()
        ? mean(imported, names.size())
        : names.stream().mapToDouble(given::get).toArray();
  }

  /** Observables of each run of the large system. */
  private static Stream<double[]> runs(Imported imported) {
    return imported.direct().stream()
        .flatMap(direct -> direct.runs().values().stream())
        .flatMap(List::stream)
        .map(Run::observables);
  }

  private static double[] mean(Imported imported, int m) {
    List<double[]> states = new ArrayList<>(runs(imported).toList());
    if (states.isEmpty()) {
      double[] z0 = imported.increments().z0();
      for (int at = 0; at < z0.length; at += m) {
        states.add(Arrays.copyOfRange(z0, at, at + m));
      }
    }
    double[] mean = new double[m];
    states.forEach(
        state -> {
          for (int i = 0; i < m; i++) {
            mean[i] += state[i] / states.size();
          }
        });
    return mean;
  }

  /** Facts and data; no state is ever made. */
  private record ImportedSystem(SystemFacts facts, Imported imported, double[] start)
      implements LatticeSystem<byte[]> {
    @Override
    public SystemOptions<byte[]> options() {
      return SystemOptions.of(imported);
    }

    @Override
    public StateCodec<byte[]> codec() {
      throw Imported.noDynamics("states", NAME);
    }

    @Override
    public Dynamics<byte[]> dynamics(Condition condition, RunContext context) {
      throw Imported.noDynamics("dynamics", NAME);
    }

    @Override
    public List<String> explanation() {
      return List.of(
          String.format(
              Locale.ROOT,
              "%d training samples were read from %s%s.",
              imported.increments().count(),
              fileName(imported.increments().file()),
              imported.increments().patches() > 1
                  ? ", each the mean of " + imported.increments().patches() + " patches"
                  : ""));
    }

    private static String fileName(Path file) {
      return String.valueOf(file.getFileName());
    }

    @Override
    public List<String> caveats() {
      List<String> caveats = new ArrayList<>();
      caveats.add(
          "Samples were made by another program: whether its states are those of the large"
              + " system, and its patches independent, is not checked.");
      if (imported.direct().isEmpty()) {
        caveats.add("There are no runs of the large system (samples.direct) to compare with.");
      }
      if (imported.increments().group().isEmpty()) {
        caveats.add(
            "Samples have no groups: 20 in a row are taken to be independent of the others.");
      }
      if (imported.increments().drift().isEmpty()) {
        caveats.add("Samples have no integrated drift: no control variates, no check by them.");
      }
      return caveats;
    }
  }
}
