package org.latticelift.sim.parallel.ffm;

import java.util.List;
import java.util.Map;
import org.latticelift.sim.parallel.communicator.KilledJobContract;

/** Kills of a rank and of {@code mpirun}, which the launcher becomes. */
class OpenMpiKilledJobTest extends KilledJobContract {
  @Override
  protected String transport() {
    return "ffm";
  }

  @Override
  protected List<Victim> victims() {
    return List.of(Victim.RANK, Victim.LAUNCHER);
  }

  @Override
  protected void prepare(Map<String, String> variables) {
    variables.put("LATTICELIFT_MPIRUN", MpiRun.OPEN_MPI.program());
  }
}
