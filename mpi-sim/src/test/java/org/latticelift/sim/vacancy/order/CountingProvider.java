package org.latticelift.sim.vacancy.order;

import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The example of a user's own order parameter: the share of vacancies among the nearest neighbours
 * of vacancies on corners, times a factor from the configuration. Registered in META-INF/services.
 */
public final class CountingProvider implements OrderParameterProvider {
  /** Made by ServiceLoader. */
  public CountingProvider() {}

  @Override
  public String name() {
    return "corner_vacancies";
  }

  @Override
  public OrderParameter create(OrderContext context, ConfigNode options) {
    return new CornerVacancies(context, options.get("factor").number());
  }

  /** Vacancies on corners per vacancy. */
  private record CornerVacancies(OrderContext context, double factor) implements OrderParameter {
    @Override
    public List<String> names() {
      return List.of("corner_vacancies");
    }

    @Override
    public String units() {
      return "1";
    }

    @Override
    public int counters() {
      return 1;
    }

    @Override
    public void add(Lattice lattice, CellBox box, long[] counts, int at) {
      for (int i = 0; i < box.nx(); i++) {
        for (int j = 0; j < box.ny(); j++) {
          for (int k = 0; k < box.nz(); k++) {
            int x = (box.x() + i) % lattice.nx();
            int y = (box.y() + j) % lattice.ny();
            int z = (box.z() + k) % lattice.nz();
            counts[at] += lattice.get(x, y, z, 0) == Lattice.VACANCY ? 1 : 0;
          }
        }
      }
    }

    @Override
    public void jumped(JumpEvent event, long[] counts, int at) {
      counts[at] += (event.basisTo() == 0 ? 1 : 0) - (event.basisFrom() == 0 ? 1 : 0);
    }

    @Override
    public void linear(long[] counts, int at, double patches, double[] out, int to) {
      out[to] = factor * patches * counts[at] / context.divisor(0);
    }

    @Override
    public double reference(int i) {
      return 0;
    }
  }
}
