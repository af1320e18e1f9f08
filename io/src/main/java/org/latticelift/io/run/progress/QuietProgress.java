package org.latticelift.io.run.progress;

/** Shows nothing. */
enum QuietProgress implements Progress {
  INSTANCE;

  @Override
  public void step(long n) {
    // Nothing is shown.
  }

  @Override
  public void message(String s) {
    // Nothing is shown.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
