package org.latticelift.learn.sde;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;

/** Architectures that tests share. */
public final class Architectures {
  private Architectures() {}

  /**
   * A diffusion of a given form.
   *
   * @param mode form
   * @param lower triangular
   * @return scale 0.5
   */
  public static DiffusionSpec diffusion(DiffusionMode mode, boolean lower) {
    return new DiffusionSpec(mode, List.of(64, 64), lower, 0.7, 0.5);
  }

  /** {@link #networks}, and drifts with a polynomial in front. */
  public static List<SdeArchitecture> all() {
    List<SdeArchitecture> all = new ArrayList<>(networks());
    all.add(networks().get(3).with(Optional.of(new Baseline(2, 2, true, 8e-4, 3e-4, 1.5, 2))));
    all.add(networks().get(1).with(Optional.of(new Baseline(0, 1, false, 1500, 700, 1, 0.5))));
    all.add(networks().get(5).with(Optional.of(new Baseline(2, 0, true, 1e-3, 1, 0.7, 3))));
    return all;
  }

  /**
   * Both drifts, all diffusion modes, with and without embedding and triangular form.
   *
   * @return eight architectures
   */
  public static List<SdeArchitecture> networks() {
    return List.of(
        new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64)),
        new SdeArchitecture(3, 6, DriftSpec.plain(), diffusion(DiffusionMode.DIAGONAL, true)),
        new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64)),
        new SdeArchitecture(3, 6, DriftSpec.onsager(), diffusion(DiffusionMode.ARBITRARY, true)),
        new SdeArchitecture(
            2,
            2,
            new DriftSpec(DriftKind.ONSAGER, List.of(16, 16, 16), 0.3, 0.2, false, true),
            diffusion(DiffusionMode.DIAGONAL, false)),
        new SdeArchitecture(
            2, 0, DriftSpec.onsager(), diffusion(DiffusionMode.CONSTANT_DIAGONAL, false)),
        new SdeArchitecture(3, 0, DriftSpec.plain(), diffusion(DiffusionMode.CONSTANT, true)),
        new SdeArchitecture(1, 0, DriftSpec.plain(), diffusion(DiffusionMode.CONSTANT, false)));
  }
}
