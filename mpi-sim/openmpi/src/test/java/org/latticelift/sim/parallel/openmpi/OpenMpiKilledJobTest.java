package org.latticelift.sim.parallel.openmpi;

import java.util.List;
import org.latticelift.sim.parallel.communicator.KilledJobContract;

/** Kills of a rank and of {@code mpirun}, which the launcher becomes. */
class OpenMpiKilledJobTest extends KilledJobContract {
  @Override
  protected String transport() {
    return "openmpi";
  }

  @Override
  protected List<Victim> victims() {
    return List.of(Victim.RANK, Victim.LAUNCHER);
  }
}
