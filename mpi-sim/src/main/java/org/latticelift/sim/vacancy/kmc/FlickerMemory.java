package org.latticelift.sim.vacancy.kmc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a {@link FlickerSimulator} has learned of its vacancies, as bytes: the watches, and the
 * sleepers with the basins they know. Rates of vacancies that are awake follow from the lattice.
 */
final class FlickerMemory {
  private FlickerMemory() {}

  /**
   * @param watches of the vacancies, in their order
   * @param sleepers of the vacancies; null where one has not flickered
   * @param count vacancies
   */
  static byte[] save(FlickerWatch[] watches, Sleeper[] sleepers, int count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(count);
      for (int v = 0; v < count; v++) {
        watches[v].write(out);
        boolean known = sleepers[v] != null && sleepers[v].basin.known();
        out.writeBoolean(known);
        if (known) {
          sleepers[v].write(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @param memory from {@link #save}
   * @param watches changed
   * @param sleepers those that are missing are made
   * @param table of the same vacancies
   */
  static void restore(byte[] memory, FlickerWatch[] watches, Sleeper[] sleepers, RateTable table) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(memory))) {
      int count = in.readInt();
      if (count != table.vacancies.count) {
        throw new IllegalArgumentException("memory of " + count + " vacancies");
      }
      for (int v = 0; v < count; v++) {
        watches[v].read(in);
        if (in.readBoolean()) {
          if (sleepers[v] == null) {
            sleepers[v] = new Sleeper(v, table);
          }
          sleepers[v].read(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
