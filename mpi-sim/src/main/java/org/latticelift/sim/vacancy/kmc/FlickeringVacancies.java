package org.latticelift.sim.vacancy.kmc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.IntFunction;

/** What a {@link FlickerSimulator} knows of each active vacancy: its past, and its basin. */
final class FlickeringVacancies {
  private final RateTable table;
  private final boolean atoms;
  private FlickerWatch[] watches = {};
  private Sleeper[] sleepers = {};

  /** None yet ({@code atoms}: whether each atom is followed by itself). */
  FlickeringVacancies(RateTable table, boolean atoms) {
    this.table = table;
    this.atoms = atoms;
  }

  /** Makes room for the active vacancies, and forgets everything. */
  void forget() {
    int count = table.vacancies.count;
    if (watches.length < count) {
      int known = watches.length;
      watches = Arrays.copyOf(watches, count);
      sleepers = Arrays.copyOf(sleepers, count);
      for (int v = known; v < count; v++) {
        watches[v] = new FlickerWatch();
      }
    }
    for (int v = 0; v < watches.length; v++) {
      watches[v].reset();
      if (sleepers[v] != null) {
        sleepers[v].asleep = false;
        sleepers[v].basin.forget();
      }
    }
  }

  FlickerWatch watch(int v) {
    return watches[v];
  }

  /** Whether the basin of a vacancy is known. */
  boolean known(int v) {
    return sleepers[v] != null && sleepers[v].basin.known();
  }

  boolean asleep(int v) {
    return sleepers[v] != null && sleepers[v].asleep;
  }

  /** The vacancy with its basin, made where it has none yet. */
  Sleeper sleeper(int v) {
    if (sleepers[v] == null) {
      sleepers[v] = new Sleeper(v, table, atoms);
    }
    return sleepers[v];
  }

  void forgetBasin(int v) {
    if (sleepers[v] != null) {
      sleepers[v].basin.forget();
    }
  }

  byte[] save() {
    return FlickerMemory.save(watches, sleepers, table.vacancies.count);
  }

  /** After {@link #forget}. */
  void restore(byte[] memory) {
    FlickerMemory.restore(memory, watches, this::sleeper, table.vacancies.count);
  }

  /**
   * What a {@link FlickerSimulator} has learned of its vacancies, as bytes: the watches, and the
   * sleepers with the basins they know. Rates of vacancies that are awake follow from the lattice.
   */
  static final class FlickerMemory {
    private FlickerMemory() {}

    /**
     * @param watches of the vacancies, in their order
     * @param sleepers of the vacancies; null where one has not flickered
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
     * @param sleepers gives that of a vacancy
     * @param vacancies how many there are now
     */
    static void restore(
        byte[] memory, FlickerWatch[] watches, IntFunction<Sleeper> sleepers, int vacancies) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(memory))) {
        int count = in.readInt();
        if (count != vacancies) {
          throw new IllegalArgumentException("memory of " + count + " vacancies");
        }
        for (int v = 0; v < count; v++) {
          watches[v].read(in);
          if (in.readBoolean()) {
            sleepers.apply(v).read(in);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
