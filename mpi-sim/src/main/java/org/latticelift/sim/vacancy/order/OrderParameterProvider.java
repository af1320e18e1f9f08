package org.latticelift.sim.vacancy.order;

import org.latticelift.io.config.ConfigNode;

/**
 * A user's own order parameter, found by {@link java.util.ServiceLoader} and named in the
 * configuration as {@code {class: NAME}}.
 */
public interface OrderParameterProvider {
  /**
   * The name in the configuration.
   *
   * @return unique among providers
   */
  String name();

  /**
   * Makes the parameter.
   *
   * @param context crystal and composition
   * @param options the mapping with the key {@code class} and whatever else the user wrote there
   * @return an immutable parameter
   */
  OrderParameter create(OrderContext context, ConfigNode options);
}
