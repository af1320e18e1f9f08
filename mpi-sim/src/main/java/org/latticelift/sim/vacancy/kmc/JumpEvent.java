package org.latticelift.sim.vacancy.kmc;

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

  JumpEvent(int environmentSize) {
    before = new byte[environmentSize];
  }

  /**
   * Site that the vacancy left; the atom is there now.
   *
   * @return site number
   */
  public long from() {
    return from;
  }

  /**
   * Site where the vacancy is now.
   *
   * @return site number
   */
  public long to() {
    return to;
  }

  /**
   * Species of the atom that moved.
   *
   * @return code, 1 or more
   */
  public int species() {
    return species;
  }

  /**
   * Direction of the hop of the vacancy.
   *
   * @return hop index at the basis position of {@link #from}
   */
  public int direction() {
    return direction;
  }

  /**
   * Direction that leads back.
   *
   * @return hop index at the basis position of {@link #to}
   */
  public int reverse() {
    return reverse;
  }

  /**
   * Basis position of {@link #from}.
   *
   * @return 0 to basis count - 1
   */
  public int basisFrom() {
    return basisFrom;
  }

  /**
   * Basis position of {@link #to}.
   *
   * @return 0 to basis count - 1
   */
  public int basisTo() {
    return basisTo;
  }

  /**
   * Which active vacancy jumped.
   *
   * @return index in the order of activation
   */
  public int vacancy() {
    return vacancy;
  }

  /**
   * Environment codes of {@link #from} before the jump, in lab order.
   *
   * @return array to read at {@link #beforeOffset} and after
   */
  public byte[] before() {
    return before;
  }

  /**
   * Where the codes before the jump begin.
   *
   * @return index into {@link #before}
   */
  public int beforeOffset() {
    return 0;
  }

  /**
   * Environment codes of {@link #to} after the jump, in lab order.
   *
   * @return array to read at {@link #afterOffset} and after
   */
  public byte[] after() {
    return after;
  }

  /**
   * Where the codes after the jump begin.
   *
   * @return index into {@link #after}
   */
  public int afterOffset() {
    return afterAt;
  }

  /**
   * The clock after the jump.
   *
   * @return s
   */
  public double time() {
    return time;
  }
}
