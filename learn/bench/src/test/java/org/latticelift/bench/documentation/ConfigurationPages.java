package org.latticelift.bench.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latticelift.app.pipeline.ConfigurationKeys;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.KeyDescription;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.barrierfit.BarrierTrainingConfig;
import org.latticelift.learn.barrierfit.KmcGroupConfig;
import org.latticelift.learn.barrierfit.SampleGroup.RandomGroupConfig;
import org.latticelift.learn.barrierfit.SampleGroup.SoluteGroupConfig;
import org.latticelift.learn.barrierfit.SampleGroup.SublatticeGroupConfig;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.systems.alloy.AlloyBuild.BuildConfig;
import org.latticelift.sim.systems.alloy.AlloyOrdering.OrderingConfig;

/** A page for every section that the stages read, and one for every system. */
final class ConfigurationPages {
  private static final String HEAD =
      """
      # Configuration

      A YAML file. An unknown key is an error that names the nearest known one. How to write one:
      [write a configuration](../../how-to/write-a-configuration.md); a start: `./latticelift new [SYSTEM] FILE`;
      the same lists on the screen: `./latticelift validate --keys CONFIG`.

      Keys of a section are written below it, or with dots: `evolve.samples` is the key `samples` of the section `evolve`.

      """;

  /** Sections that systems read, and stages with them. */
  private static final Set<String> SHARED = Set.of("upsample", "evolve");

  private final Map<String, String> pages = new TreeMap<>();
  private final List<SystemProvider> systems =
      SystemProvider.all().stream()
          .filter(system -> system.getClass().getName().startsWith("org.latticelift.sim.systems."))
          .toList();

  private final Set<String> ofAll = ofAll();

  private ConfigurationPages() {}

  /** Pages by the name of their file. */
  static Map<String, String> all() {
    ConfigurationPages all = new ConfigurationPages();
    Map<String, List<KeyDescription>> stages = all.ofStages();
    stages.forEach((section, keys) -> all.section(section, keys));
    all.systems.forEach(all::system);
    all.everySystem();
    all.barriers();
    all.asked();
    all.built();
    all.ordering();
    all.index(stages);
    return all.pages;
  }

  /** Keys of the sections that no system reads, by section in order. */
  private Map<String, List<KeyDescription>> ofStages() {
    Set<String> ofSystems =
        systems.stream()
            .flatMap(system -> ConfigurationKeys.sections(system).keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return ConfigurationKeys.ofStages().stream()
        .filter(key -> !ofSystems.contains(key.section()))
        .collect(
            Collectors.groupingBy(
                KeyDescription::section, LinkedHashMap::new, Collectors.toList()));
  }

  private void section(String section, List<KeyDescription> keys) {
    if (keys.size() > 1) {
      KeyDescription own = keys.get(0);
      String table = table(keys.subList(1, keys.size()));
      String same =
          pages.keySet().stream()
              .filter(name -> pages.get(name).endsWith("\n" + table))
              .map(
                  name ->
                      "Its keys are those of the [section `" + bare(name) + "`](" + name + ").\n")
              .findFirst()
              .orElse(table);
      pages.put(
          section + ".md",
          "# Section `"
              + section
              + "`\n\n"
              + sentence(own.doc())
              + (own.optional() ? " May be left out.\n\n" : "\n\n")
              + same
              + ofSystems(section));
    }
  }

  /** What systems have in place of the defaults of a section. */
  private String ofSystems(String section) {
    StringBuilder rows = new StringBuilder();
    for (SystemProvider system : systems) {
      ConfigNode own = ConfigNode.parse(system.defaults(), system.name());
      if (own.find(section).isPresent()) {
        List<String> values = values(own.get(section), "");
        rows.append(Markdown.row(List.of("`" + system.name() + "`", String.join(", ", values))));
      }
    }
    return rows.isEmpty() ? "" : "\n" + Markdown.head("system", "its own defaults") + rows;
  }

  private static List<String> values(ConfigNode node, String path) {
    return node.isMapping()
        ? node.keys().stream()
            .flatMap(key -> values(node.get(key), path.isEmpty() ? key : path + "." + key).stream())
            .toList()
        : List.of(Markdown.code(path + ": " + node.toYaml().strip()));
  }

  private static String bare(String page) {
    return page.replaceFirst("\\.md$", "");
  }

  private void system(SystemProvider system) {
    Set<String> paths = new TreeSet<>(ConfigurationKeys.sections(system).keySet());
    StringBuilder text =
        new StringBuilder(
            "# System `"
                + system.name()
                + "`\n\nWhat it is: [the systems](../../explanation/systems.md). ");
    text.append("A configuration to start from: `./latticelift new " + system.name() + " FILE`.\n");
    List<KeyDescription> keys = ConfigurationKeys.of(system);
    text.append("\n").append(Markdown.head("key", "value", "default", "meaning"));
    for (KeyDescription head : keys) {
      if (paths.contains(head.path())) {
        text.append(
            Markdown.row(List.of("**`" + head.path() + "`**", "", "", sentence(head.doc()))));
        below(head, keys).stream()
            .map(ConfigurationPages::line)
            .filter(line -> !ofAll.contains(line))
            .forEach(text::append);
      }
    }
    text.append(system.simulates() ? "\nAnd the [keys of every system](systems.md)." : "\n");
    pages.put("system-" + system.name() + ".md", text + more(system));
  }

  private static String more(SystemProvider system) {
    String presets =
        system.presets().isEmpty()
            ? "There is no preset."
            : "Presets: `" + String.join("`, `", new TreeSet<>(system.presets().keySet())) + "`.";
    return (system.simulates() ? " " : "") + presets + "\n";
  }

  private static List<KeyDescription> below(KeyDescription head, List<KeyDescription> keys) {
    return keys.stream().filter(key -> key.path().startsWith(head.path() + ".")).toList();
  }

  /** Keys of shared sections that all systems have, with the same default and meaning. */
  private Set<String> ofAll() {
    Set<String> common = new LinkedHashSet<>();
    for (SystemProvider system : systems.stream().filter(SystemProvider::simulates).toList()) {
      List<String> own =
          ConfigurationKeys.of(system).stream()
              .filter(key -> SHARED.contains(key.path().replaceFirst("\\..*", "")))
              .filter(key -> key.depth() > 0)
              .map(ConfigurationPages::line)
              .toList();
      if (common.isEmpty()) {
        common.addAll(own);
      }
      common.retainAll(own);
    }
    return common;
  }

  private static String line(KeyDescription key) {
    return row(Markdown.code(key.path()), key, key.doc());
  }

  private void everySystem() {
    StringBuilder text =
        new StringBuilder(
                "# Keys of every system\n\nOf those that are simulated, beside those of its own page.\n\n")
            .append(Markdown.head("key", "value", "default", "meaning"));
    ofAll.forEach(text::append);
    pages.put("systems.md", text.toString());
  }

  private void barriers() {
    List<KeyDescription> keys = Binder.keys(BarrierTrainingConfig.class, Map.of());
    StringBuilder text =
        new StringBuilder(
            "# Configurations of barrier networks\n\nFor `barrier sample` and `barrier train`:"
                + " [barriers of your own](../../how-to/own-barriers.md). The section `barrier` is that of"
                + " the [alloy](system-alloy.md).\n\n");
    text.append(table(keys));
    Map<String, Class<? extends Record>> kinds =
        Map.of(
            "kmc", KmcGroupConfig.class,
            "random", RandomGroupConfig.class,
            "sublattices", SublatticeGroupConfig.class,
            "solute", SoluteGroupConfig.class);
    Map<String, String> rows = new LinkedHashMap<>();
    Map<String, Set<String>> kindsOf = new LinkedHashMap<>();
    new TreeMap<>(kinds)
        .forEach(
            (kind, type) -> {
              for (KeyDescription key : Binder.keys(type, Map.of())) {
                if (!key.path().equals("kind")) {
                  String row = row(Markdown.code(key.path()), key, key.doc());
                  rows.put(row, row.substring(1));
                  kindsOf.computeIfAbsent(row, same -> new TreeSet<>()).add(kind);
                }
              }
            });
    text.append("\n## An entry of `sample.groups`\n\nIts `kind` is one of: ")
        .append(String.join(", ", new TreeSet<>(kinds.keySet())))
        .append(".\n\n")
        .append(Markdown.head("kinds", "key", "value", "default", "meaning"));
    rows.forEach(
        (row, cells) -> {
          boolean all = kindsOf.get(row).size() == kinds.size();
          String of = all ? "all" : String.join(", ", kindsOf.get(row));
          text.append("| " + of + " |" + cells);
        });
    pages.put("barrier-networks.md", text.toString());
  }

  private void asked() {
    StringBuilder text =
        new StringBuilder(
            "# Keys of predict, map and design\n\nFor `--set` of the commands that ask a trained model;"
                + " `validate --keys predict` prints them, too. Keys of `vacancies`: [section"
                + " `vacancies`](vacancies.md).\n");
    ConfigurationKeys.ofCommands()
        .forEach(
            (command, type) ->
                text.append("\n## `" + command + "`\n\n")
                    .append(table(elsewhere(Binder.keys(type, Map.of())))));
    pages.put("predict-map-design.md", text.toString());
  }

  /** Without the keys below vacancies, which have a page of their own. */
  private static List<KeyDescription> elsewhere(List<KeyDescription> keys) {
    return keys.stream().filter(key -> !key.path().startsWith("vacancies.")).toList();
  }

  private void built() {
    pages.put(
        "build.md",
        "# Configurations of `build`\n\nConfigurations of atoms with prescribed pairs:"
            + " [build a configuration](../../how-to/build-a-configuration.md).\n\n"
            + table(Binder.keys(BuildConfig.class, Map.of())));
  }

  private void ordering() {
    pages.put(
        "ordering.md",
        "# Configurations of `ordering`\n\nThe temperature at which an alloy orders:"
            + " [ordering temperature](../../how-to/ordering-temperature.md).\n\n"
            + table(Binder.keys(OrderingConfig.class, Map.of())));
  }

  private void index(Map<String, List<KeyDescription>> stages) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(Markdown.head("top-level key", "value", "default", "meaning"));
    for (KeyDescription key : ConfigurationKeys.ofStages()) {
      if (key.depth() == 0) {
        boolean page = stages.containsKey(key.path()) && stages.get(key.path()).size() > 1;
        String name =
            page ? "[`" + key.path() + "`](" + key.path() + ".md)" : Markdown.code(key.path());
        boolean ofSystem = !stages.containsKey(key.path());
        text.append(row(name, key, key.doc() + (ofSystem ? "; see the system" : "")));
      }
    }
    text.append("\n").append(Markdown.head("system", "its sections"));
    for (SystemProvider system : systems) {
      String link = "[`" + system.name() + "`](system-" + system.name() + ".md)";
      Set<String> sections = new TreeSet<>(ConfigurationKeys.sections(system).keySet());
      text.append(Markdown.row(List.of(link, "`" + String.join("`, `", sections) + "`")));
    }
    text.append(
        "\nAnd the [keys of every system](systems.md). Configurations of `barrier sample` and `barrier train`: [barrier networks](barrier-networks.md);"
            + " of `build`: [build](build.md); of `ordering`: [ordering](ordering.md); keys of `predict`, `map` and `design`: [predict, map and"
            + " design](predict-map-design.md).\n");
    pages.put("README.md", text.toString());
  }

  private static String table(List<KeyDescription> keys) {
    int outer = keys.stream().mapToInt(KeyDescription::depth).min().orElse(0);
    List<String> rows = new ArrayList<>();
    for (KeyDescription key : keys) {
      String[] parts = key.path().split("\\.");
      String name = String.join(".", List.of(parts).subList(outer, parts.length));
      rows.add(row(Markdown.code(name), key, key.doc()));
    }
    return Markdown.head("key", "value", "default", "meaning") + String.join("", rows);
  }

  private static String row(String name, KeyDescription key, String doc) {
    String given =
        key.defaultYaml().map(Markdown::code).orElse(key.optional() ? "none" : "required");
    return Markdown.row(List.of(name, key.kind(), given, doc));
  }

  private static String sentence(String doc) {
    if (doc.isEmpty()) {
      return doc;
    }
    String text = Character.toUpperCase(doc.charAt(0)) + doc.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }
}
