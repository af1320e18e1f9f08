package org.latticelift.app.cli;

import java.util.List;
import org.latticelift.sim.parallel.communicator.KilledJobContract;

/** Ranks that are threads of one process, which is killed. */
class LocalKilledJobTest extends KilledJobContract {
  @Override
  protected String transport() {
    return "local";
  }

  @Override
  protected List<Victim> victims() {
    return List.of(Victim.LAUNCHER);
  }
}
