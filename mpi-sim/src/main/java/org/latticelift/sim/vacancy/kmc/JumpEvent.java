package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * What an observer sees of one jump. A vacancy moved {@code from -> to}, an atom the other way. One
 * object per simulator, rewritten at every jump.
 */
public final class JumpEvent {
  long from;
  long to;
  int species;
  int direction;
  int reverse;
  int basisFrom;
  int basisTo;
  int vacancy;
  byte[] before;
  byte[] after;
  int afterAt;
  double time;
  boolean resolved;

  JumpEvent(int environmentSize) {
    before = new byte[environmentSize];
  }

  /** Site that the vacancy left; the atom is there now. */
  public long from() {
    return from;
  }

  /** Site where the vacancy is now. */
  public long to() {
    return to;
  }

  /** Species of the atom that moved; code, 1 or more. */
  public int species() {
    return species;
  }

  /** Direction of the hop of the vacancy; hop index at the basis position of {@link #from}. */
  public int direction() {
    return direction;
  }

  /** Direction that leads back; hop index at the basis position of {@link #to}. */
  public int reverse() {
    return reverse;
  }

  /** Basis position of {@link #from}; 0 to basis count - 1. */
  public int basisFrom() {
    return basisFrom;
  }

  /** Basis position of {@link #to}; 0 to basis count - 1. */
  public int basisTo() {
    return basisTo;
  }

  /** Which active vacancy jumped; index in the order of activation. */
  public int vacancy() {
    return vacancy;
  }

  /**
   * Environment codes of {@link #from} before the jump, in lab order; array to read at {@link
   * #beforeOffset} and after.
   */
  public byte[] before() {
    return before;
  }

  /** Where the codes before the jump begin; index into {@link #before}. */
  public int beforeOffset() {
    return 0;
  }

  /**
   * Environment codes of {@link #to} after the jump, in lab order; array to read at {@link
   * #afterOffset} and after.
   */
  public byte[] after() {
    return after;
  }

  /** Where the codes after the jump begin; index into {@link #after}. */
  public int afterOffset() {
    return afterAt;
  }

  /** The clock after the jump. */
  public double time() {
    return time;
  }

  /**
   * Whether this is a step of the way that stands for jumps resolved at once, which were more or
   * fewer; see {@link JumpObserver#passed}.
   */
  public boolean resolved() {
    return resolved;
  }

  /** Is told of every jump: order parameters, logs, checkpoints, progress. */
  @FunctionalInterface
  public interface JumpObserver {
    /**
     * Called after a jump, when lattice, clock and rates are up to date. May throw to end the run;
     * the simulator stays usable ({@code event}: valid during the call only; one object is reused
     * for all jumps).
     */
    void jumped(JumpEvent event);

    /**
     * Called before the steps that stand for jumps resolved at once, where single atoms are
     * followed ({@code expected}: how many jumps of atoms of each species they are in the mean,
     * given the times in the states; by code less 1; valid during the call only).
     */
    default void passed(double[] expected) {
      // Most observers need the changes of the lattice alone.
    }
  }

  /** Is shown hops that may happen next. */
  @FunctionalInterface
  public interface HopVisitor {
    /**
     * One possible hop ({@code rate}: 1/s, positive; {@code event}: the jump as observers would see
     * it, but for time and number of jumps; valid during the call only).
     */
    void hop(double rate, JumpEvent event);
  }

  /**
   * Remembers jumps so that they can be taken back (DI-03: changes of a partial evolution are
   * undone). Grows as needed and is reused after {@link #clear}.
   */
  public static final class JumpLog implements JumpObserver {
    private long[] from;
    private long[] to;
    private int size;

    /** An empty log ({@code capacity}: jumps to make room for at once). */
    public JumpLog(int capacity) {
      from = new long[Math.max(1, capacity)];
      to = new long[from.length];
    }

    @Override
    public void jumped(JumpEvent event) {
      if (size == from.length) {
        from = Arrays.copyOf(from, 2 * size);
        to = Arrays.copyOf(to, 2 * size);
      }
      from[size] = event.from();
      to[size++] = event.to();
    }

    /**
     * Takes back all jumps, the last one first, and empties the log. A simulator of the lattice
     * must be activated anew afterwards ({@code lattice}: the lattice that the jumps were made in;
     * nothing else may have changed it).
     */
    public void undo(Lattice lattice) {
      while (size > 0) {
        size--;
        byte atom = lattice.get(from[size]);
        lattice.set(from[size], Lattice.VACANCY);
        lattice.set(to[size], atom);
      }
    }

    /** Forgets all jumps. */
    public void clear() {
      size = 0;
    }

    /** Number of jumps; since the log was empty. */
    public int size() {
      return size;
    }

    /** Where a jump ended ({@code i}: number of the jump, 0 the first). */
    public long to(int i) {
      return to[i];
    }
  }
}
