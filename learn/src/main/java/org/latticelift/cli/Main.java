package org.latticelift.cli;

/** The command line. */
public final class Main {
  private Main() {}
}
