package org.latticelift.bench.study.upsampling;

/** How large states are made. */
public enum StateKind {
  /** Sampled with the mean pairs of all snapshots. */
  MEAN("maxent, mean pairs", "maxent"),
  /** Sampled with the pairs of a single snapshot, and moved as the stage lift does. */
  RECORD("maxent, a record's", "maxent"),
  /** Independent tiles, relaxed in windows. */
  INDEPENDENT("independent tiles", "independent"),
  /** Copies of one snapshot. */
  REPLICATE("copies", "replicate");

  private final String text;
  private final String tiles;

  StateKind(String text, String tiles) {
    this.text = text;
    this.tiles = tiles;
  }

  /** For tables. */
  public String text() {
    return text;
  }

  /** The value of the key {@code upsample.tiles}. */
  public String tiles() {
    return tiles;
  }
}
