package org.latticelift.sim.parallel.mpj;

import java.util.List;
import org.latticelift.sim.parallel.communicator.KilledJobContract;

/** Kills of a rank and of the process that has started the ranks, which is the launcher's. */
class MpjKilledJobTest extends KilledJobContract {
  @Override
  protected String transport() {
    return "mpj";
  }

  @Override
  protected List<Victim> victims() {
    return List.of(Victim.RANK, Victim.LAUNCHER);
  }
}
