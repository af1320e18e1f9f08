package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * A run on a workbench, whose lattice the state gets when it is needed: not after every piece,
 * since a large lattice takes longer to copy than a piece to make.
 */
record AlloyStretch(AlloyState state, ShapeSimulator simulator, VacancyRun run) implements Stretch {
  @Override
  public boolean done() {
    return run.done();
  }

  @Override
  public void advance() {
    run.advance();
    if (done()) {
      state.lattice().set(simulator.lattice());
    }
  }

  @Override
  public Progression made() {
    return run.made();
  }

  @Override
  public byte[] save() {
    byte[] memory = run.save();
    state.lattice().set(simulator.lattice());
    return memory;
  }
}
