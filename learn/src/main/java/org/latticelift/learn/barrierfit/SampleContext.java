package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.vacancy.barrier.BarrierModel;

/**
 * What every group needs.
 *
 * @param teacher gives barriers, and through them the dynamics
 * @param speciesNames species 1, 2, ...
 * @param stop ends the work early
 */
public record SampleContext(BarrierModel teacher, List<String> speciesNames, StopSignal stop) {
  public SampleContext {
    speciesNames = List.copyOf(speciesNames);
  }

  int sites() {
    return teacher.crystal().environmentSize();
  }

  byte code(String name) {
    int index = speciesNames.indexOf(name);
    if (index < 0) {
      throw LatticeLiftException.badData(
          "unknown species '" + name + "'",
          "sample.groups",
          String.join(", ", speciesNames),
          "Use one of them");
    }
    return (byte) (index + 1);
  }
}
