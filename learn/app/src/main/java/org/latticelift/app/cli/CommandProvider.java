package org.latticelift.app.cli;

import java.util.List;

/** Commands of another module, found by {@code ServiceLoader}. */
public interface CommandProvider {
  /**
   * New objects of its commands; objects annotated as commands of picocli, in the order of the help
   * text.
   */
  List<Object> commands();
}
