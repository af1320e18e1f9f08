package org.latticelift.learn.sde;

import java.util.List;

/**
 * The drift network.
 *
 * @param kind plain, Onsager or linear
 * @param hidden widths of the hidden layers; equal widths for the Onsager network, whose layers
 *     after the first are residual (ME-53)
 * @param potBeta beta of the potential V = sum P_i^2 + beta sum z_i^2 (ME-54); Onsager only
 * @param dissipation c_d of ME-50 (ME-57); Onsager only
 * @param forcing whether the external force f is present (ME-58); Onsager only
 * @param identityStart whether training starts from the dissipation matrix M = I, which converges
 *     several times faster on noisy pairs than the random orthogonal start of ME-59; Onsager only
 */
public record DriftSpec(
    DriftKind kind,
    List<Integer> hidden,
    double potBeta,
    double dissipation,
    boolean forcing,
    boolean identityStart) {

  /**
   * Checks the widths.
   *
   * @param kind plain or Onsager
   * @param hidden widths
   * @param potBeta not negative
   * @param dissipation not negative
   * @param forcing with force
   * @param identityStart initial matrix
   */
  public DriftSpec {
    ArchitectureErrors.notNull("drift.kind", kind);
    hidden =
        kind == DriftKind.LINEAR ? List.of() : ArchitectureErrors.widths("drift.hidden", hidden);
    if (kind == DriftKind.ONSAGER && hidden.stream().distinct().count() != 1) {
      throw ArchitectureErrors.bad("drift.hidden", hidden, "equal widths for the Onsager network");
    }
    ArchitectureErrors.nonNegative("drift.potBeta", potBeta);
    ArchitectureErrors.nonNegative("drift.dissipation", dissipation);
  }

  /**
   * The plain network of ME-44.
   *
   * @return three hidden layers of 64
   */
  public static DriftSpec plain() {
    return new DriftSpec(DriftKind.PLAIN, List.of(64, 64, 64), 0, 0, false, false);
  }

  /**
   * The linear drift a z + b.
   *
   * @return no hidden layers
   */
  public static DriftSpec linear() {
    return new DriftSpec(DriftKind.LINEAR, List.of(), 0, 0, false, false);
  }

  /**
   * The Onsager network of ME-60 with the authors' start.
   *
   * @return two hidden layers of 32, beta 0.5, c_d 0.1, with force
   */
  public static DriftSpec onsager() {
    return new DriftSpec(DriftKind.ONSAGER, List.of(32, 32), 0.5, 0.1, true, false);
  }
}
