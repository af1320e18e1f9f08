package org.latticelift.io.hdf5;

import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The way from the root of a file to a node. Soft links are followed inside the file; a link to
 * another file is refused, for what is read then would be bytes of this one. A way is at most
 * {@value #DEEPEST} groups long and never comes back to a group, so that whoever walks through a
 * file comes to an end.
 */
final class PathWalk {
  private static final int DEEPEST = 64;
  private static final int MOST_LINKS = 16;

  private final Path file;
  private final String path;
  private final Deque<Node> way = new ArrayDeque<>();
  private int links;

  private PathWalk(Path file, String path, Group root) {
    this.file = file;
    this.path = path;
    way.push(root);
  }

  /** The node; empty where there is none, an error (65) where a link leads nowhere. */
  static Optional<Node> find(Path file, Group root, String path) {
    PathWalk walk = new PathWalk(file, path, root);
    return walk.follow(path) ? Optional.of(walk.way.peek()) : Optional.empty();
  }

  private boolean follow(String names) {
    for (String name : names.split("/")) {
      if (!name.isEmpty() && !name.equals(".") && !step(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean step(String name) {
    Node child = way.peek() instanceof Group group ? group.getChild(name) : null;
    if (child == null) {
      return false;
    }
    if (child instanceof Link link) {
      jump(link);
    } else {
      enter(child);
    }
    return true;
  }

  private void enter(Node node) {
    if (node instanceof Group && way.stream().anyMatch(n -> n.getAddress() == node.getAddress())) {
      throw refused("the group lies within itself", "groups without circles of links");
    }
    if (way.size() > DEEPEST) {
      throw refused("the groups are too deep", "at most " + DEEPEST + " groups in each other");
    }
    way.push(node);
  }

  private void jump(Link link) {
    String target = link.getTargetPath();
    if (link instanceof ExternalLink) {
      throw Hdf5Errors.badData(
          file,
          path,
          "an external link (to " + target + "), which is not followed",
          "data in the file itself",
          "Copy the data into one file, for example with h5copy, or name the other file");
    }
    links++;
    if (links > MOST_LINKS) {
      throw refused("soft links lead in a circle", "links that lead to data");
    }
    if (target.startsWith("/")) {
      Node root = way.peekLast();
      way.clear();
      way.push(root);
    }
    if (!follow(target)) {
      throw refused("the soft link leads nowhere (" + target + ")", "a link to something there");
    }
  }

  private RuntimeException refused(String what, String allowed) {
    return Hdf5Errors.badDataset(file, path, what, allowed);
  }
}
