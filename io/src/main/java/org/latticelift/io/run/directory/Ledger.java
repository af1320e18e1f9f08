package org.latticelift.io.run.directory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The list of committed files of a run, wherever it is kept. Safe for several threads. */
public interface Ledger {
  /** The checksum of a file that is not written yet. */
  String UNKNOWN = "-";

  /** The recorded checksum of a file; sha256 in hexadecimal, empty if it is not recorded. */
  Optional<String> checksum(String name);

  /** Everything that is recorded; a copy, checksums by name, sorted. */
  Map<String, String> checksums();

  /**
   * Says that a file is being written, so that what is left of it is known to be this run's, should
   * the run end before {@link #put}. Durable when it returns; what was recorded before stands.
   *
   * @param checksum sha256 of the new content in hexadecimal, or {@link #UNKNOWN}
   * @throws IOException if the list cannot be written
   */
  void announce(String name, String checksum) throws IOException;

  /**
   * Records a file; durable when it returns.
   *
   * @param checksum sha256 in hexadecimal
   * @throws IOException if the list cannot be written
   */
  void put(String name, String checksum) throws IOException;

  /**
   * Withdraws a file; durable when it returns.
   *
   * @throws IOException if the list cannot be written
   */
  void remove(String name) throws IOException;
}
