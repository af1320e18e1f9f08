package org.latticelift.cli;

import java.util.List;
import java.util.Map;
import org.latticelift.alloy.AlloyProvider;
import org.latticelift.alloy.EvolveConfig;
import org.latticelift.alloy.KineticsConfig;
import org.latticelift.alloy.LatticeConfig;
import org.latticelift.alloy.RelaxConfig;
import org.latticelift.alloy.UpsampleConfig;
import org.latticelift.barrier.BarrierConfig;
import org.latticelift.config.Binder;
import org.latticelift.lifting.LiftConfig;

/** All configuration keys with their meaning, for {@code validate --keys}. */
final class ConfigurationKeys {
  /** Who reads the sections that a configuration leaves as they are. */
  private static final Map<String, List<Class<? extends Record>>> SECTIONS =
      Map.of(
          "conditions", List.of(AlloyProvider.Conditions.class),
          "lattice", List.of(LatticeConfig.class),
          "barrier", List.of(BarrierConfig.class, AlloyProvider.CacheConfig.class),
          "kinetics", List.of(KineticsConfig.class),
          "upsample", List.of(UpsampleConfig.class, LiftConfig.Keep.class),
          "relax", List.of(RelaxConfig.class),
          "evolve", List.of(EvolveConfig.class, LiftConfig.Pairs.class));

  private ConfigurationKeys() {}

  static String describe() {
    return Binder.describe(PipelineConfig.class, SECTIONS).stripTrailing();
  }
}
