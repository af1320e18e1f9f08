package org.latticelift.sim.systems.alloy;

import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Order parameters by composition. Tiles that are observed as wholes (DI-55, preset) differ by a
 * few atoms only, so the latest ones are kept.
 */
final class CompositionOrders {
  private static final int KEPT = 1024;

  private final AlloyLattices lattices;
  private final Map<LongBuffer, OrderParameters> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LongBuffer, OrderParameters> eldest) {
          return size() > KEPT;
        }
      };

  CompositionOrders(AlloyLattices lattices) {
    this.lattices = lattices;
  }

  /** For sites per code; the array is kept. */
  OrderParameters of(long[] counts) {
    return latest.computeIfAbsent(LongBuffer.wrap(counts), key -> lattices.order(counts));
  }
}
