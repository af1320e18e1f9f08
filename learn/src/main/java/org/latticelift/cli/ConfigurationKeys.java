package org.latticelift.cli;

import org.latticelift.alloy.EvolveConfig;
import org.latticelift.alloy.LatticeConfig;
import org.latticelift.alloy.RelaxConfig;
import org.latticelift.alloy.UpsampleConfig;
import org.latticelift.config.Binder;
import org.latticelift.lifting.LiftConfig;

/** All configuration keys with their meaning, for {@code validate --keys}. */
final class ConfigurationKeys {
  private ConfigurationKeys() {}

  static String describe() {
    return String.join(
        "\n",
        Binder.describe(PipelineConfig.class),
        section("lattice", LatticeConfig.class),
        section("upsample", UpsampleConfig.class),
        section("upsample", LiftConfig.Keep.class),
        section("relax", RelaxConfig.class),
        section("evolve", EvolveConfig.class),
        section("evolve", LiftConfig.Pairs.class));
  }

  private static String section(String name, Class<? extends Record> type) {
    return name + ":\n" + Binder.describe(type).indent(2).stripTrailing();
  }
}
