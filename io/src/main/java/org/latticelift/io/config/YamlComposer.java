package org.latticelift.io.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns YAML text into {@link ConfigNode}s. */
final class YamlComposer {
  static final int MAX_DEPTH = 50;
  private static final int MAX_NODES = 1_000_000;
  private static final int LEAST_BUFFER = 1024;

  /** What the parser says of a line such as {@code barrier: model: small}. */
  private static final String SECOND_COLON = "mapping values are not allowed";

  private final Position source;
  private int nodes;

  YamlComposer(Position source) {
    this.source = source;
  }

  ConfigNode compose(String yaml, String path) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.text())
            .setUseMarks(true)
            .setBufferSize(Math.max(LEAST_BUFFER, yaml.length())) // what is read is moved to each
            .build();
    try {
      requirePlain(new Parse(settings).parseString(yaml));
      Optional<Node> root = new Compose(settings).composeString(yaml);
      return root.map(node -> convert(node, at(node), path, 0)).orElseGet(() -> empty(path));
    } catch (MarkedYamlEngineException e) {
      throw invalid(e.getProblem(), e.getProblemMark());
    } catch (YamlEngineException e) {
      throw invalid(e.getMessage(), Optional.empty());
    }
  }

  /**
   * Refuses tags, and what is too deep: the composer calls itself for every level; events come one
   * by one, so they are safe.
   */
  private void requirePlain(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      requireNoTag(event);
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw tooDeep(
            source.text() + ":" + event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private void requireNoTag(Event event) {
    Optional<String> tag = Optional.empty();
    if (event instanceof ScalarEvent scalar) {
      tag = scalar.getTag();
    } else if (event instanceof CollectionStartEvent start) {
      tag = start.getTag();
    }
    tag.ifPresent(
        name -> {
          throw LatticeLiftException.badData(
              "the tag " + name.replaceFirst("^tag:yaml.org,2002:", "!!"),
              source.text() + ":" + event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
              "values without tags; a text that looks like a number in quotes",
              "Remove the tag");
        });
  }

  private static LatticeLiftException tooDeep(String where) {
    return LatticeLiftException.badData(
        "too deeply nested or too large",
        where,
        "depth " + MAX_DEPTH,
        "Remove levels, brackets or aliases");
  }

  /** Like {@link #compose}, but nothing is the YAML null instead of an empty mapping. */
  ConfigNode value(String yaml, String path) {
    return yaml.isBlank() ? ConfigNode.scalar("", true, source, path) : compose(yaml, path);
  }

  private ConfigNode empty(String path) {
    return ConfigNode.mapping(new LinkedHashMap<>(), at(1), path);
  }

  private LatticeLiftException invalid(String problem, Optional<Mark> mark) {
    return LatticeLiftException.badData(
        "not valid YAML: " + problem,
        mark.map(m -> source.text() + ":" + (m.getLine() + 1)).orElse(source.text()),
        problem.startsWith(SECOND_COLON) ? "one 'key: value' on a line, or in braces" : "YAML 1.2",
        "Correct this line");
  }

  private ConfigNode convert(Node node, Position at, String path, int depth) {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw tooDeep(at.text());
    }
    if (node instanceof MappingNode mapping) {
      return ConfigNode.mapping(entries(mapping, path, depth), at, path);
    }
    if (node instanceof SequenceNode sequence) {
      return ConfigNode.sequence(items(sequence, path, depth), at, path);
    }
    ScalarNode scalar = (ScalarNode) node;
    return ConfigNode.scalar(
        scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, at, path);
  }

  private Map<String, ConfigNode> entries(MappingNode mapping, String path, int depth) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple.getKeyNode());
      Position at = at(tuple.getKeyNode());
      ConfigNode value = convert(tuple.getValueNode(), at, ConfigNode.join(path, key), depth + 1);
      if (entries.put(key, value) != null) {
        throw LatticeLiftException.badData(
            "the key '" + key + "' appears twice",
            at.text() + (path.isEmpty() ? "" : " " + path),
            "each key once",
            "Remove one of them");
      }
    }
    return entries;
  }

  private String key(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw LatticeLiftException.badData(
        "a key that is not a single word", at(node).text(), "plain keys", "Correct this line");
  }

  private Position at(Node node) {
    return at(node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
  }

  private Position at(int line) {
    return new Position(source.text() + ":" + line, source.folder());
  }

  private List<ConfigNode> items(SequenceNode sequence, String path, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      items.add(convert(node, at(node), path + "[" + items.size() + "]", depth + 1));
    }
    return items;
  }
}
