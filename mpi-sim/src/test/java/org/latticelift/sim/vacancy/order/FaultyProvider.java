package org.latticelift.sim.vacancy.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * An order parameter that goes wrong once in a job, on whichever rank comes to it first; to see
 * what becomes of the job. Registered in META-INF/services.
 */
public final class FaultyProvider implements OrderParameterProvider {
  /** Made by ServiceLoader. */
  public FaultyProvider() {}

  @Override
  public String name() {
    return "fault";
  }

  @Override
  public OrderParameter create(OrderContext context, ConfigNode options) {
    return new Faulty(options.get("kind").text(), Path.of(options.get("marker").text()));
  }

  /** Always zero, until it fails at an observation. */
  private static final class Faulty implements OrderParameter {
    private final String kind;
    private final Path marker;
    private int observations;

    Faulty(String kind, Path marker) {
      this.kind = kind;
      this.marker = marker;
    }

    @Override
    public List<String> names() {
      return List.of("fault");
    }

    @Override
    public String units() {
      return "1";
    }

    @Override
    public int counters() {
      return 1;
    }

    @Override
    public void add(Lattice lattice, CellBox box, long[] counts, int at) {
      if (++observations == 10 && first()) {
        fail();
      }
    }

    @Override
    public void jumped(JumpEvent event, long[] counts, int at) {
      // zero stays zero
    }

    private boolean first() {
      try {
        Files.createFile(marker);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void fail() {
      switch (kind) {
        case "task" ->
            throw LatticeLiftException.numerical("it diverged", "a test", "numbers", "Do nothing");
        case "bug" -> throw new IllegalStateException("a bug");
        case "thread" -> {
          Thread thread = new Thread(() -> Integer.parseInt("no number"));
          thread.start();
          waitForTheEnd();
        }
        case "kill" -> kill();
        case "pointer" -> catchNullPointers();
        default -> throw new IllegalArgumentException(kind);
      }
    }

    /** So that nothing but the thread ends the job. */
    private static void waitForTheEnd() {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void kill() {
      try {
        new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
        waitForTheEnd();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * Compiled code finds them by a signal, which the JVM handles unless another handler is set.
     */
    private static void catchNullPointers() {
      int caught = 0;
      for (int i = 0; i < 200_000; i++) {
        caught += length(i < 199_000 ? "ab" : null);
      }
      if (caught != 2 * 199_000 - 1000) {
        throw new IllegalStateException("caught " + caught);
      }
    }

    private static int length(String text) {
      try {
        return text.length();
      } catch (NullPointerException e) {
        return -1;
      }
    }

    @Override
    public void linear(long[] counts, int at, double patches, double[] out, int to) {
      out[to] = 0;
    }

    @Override
    public double reference(int i) {
      return 0;
    }
  }
}
