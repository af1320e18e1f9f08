package org.latticelift.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Binder;
import org.latticelift.sim.lift.LiftConfig;
import org.latticelift.sim.system.SystemProvider;

/** All configuration keys with their meaning, for {@code validate --keys}. */
public final class ConfigurationKeys {
  /** What the stages read of sections that they share with the system. */
  private static final Map<String, Class<? extends Record>> SHARED =
      Map.of("upsample", LiftConfig.Keep.class, "evolve", LiftConfig.Pairs.class);

  private ConfigurationKeys() {}

  /**
   * All keys of a system.
   *
   * @param provider of the system
   * @return lines of text
   */
  public static String describe(SystemProvider provider) {
    Map<String, List<Class<? extends Record>>> sections = new HashMap<>();
    provider.sections().forEach((key, records) -> sections.put(key, new ArrayList<>(records)));
    SHARED.forEach(
        (key, record) -> sections.computeIfAbsent(key, k -> new ArrayList<>()).add(record));
    return Binder.describe(PipelineConfig.class, sections).stripTrailing();
  }
}
