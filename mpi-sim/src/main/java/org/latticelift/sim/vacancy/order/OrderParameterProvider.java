package org.latticelift.sim.vacancy.order;

import org.latticelift.io.config.ConfigNode;

/**
 * A user's own order parameter, found by {@link java.util.ServiceLoader} and named in the
 * configuration as {@code {class: NAME}}.
 */
public interface OrderParameterProvider {
  /** The name in the configuration. */
  String name();

  /**
   * Makes the parameter ({@code options}: the mapping with the key {@code class} and whatever else
   * the user wrote there).
   */
  OrderParameter create(OrderContext context, ConfigNode options);
}
