package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** A barrier model that is another one in all that a subclass does not change. */
public abstract class ForwardingBarriers implements BarrierModel {
  private final BarrierModel model;

  /** Changes nothing by itself. */
  protected ForwardingBarriers(BarrierModel model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Crystal crystal() {
    return model.crystal();
  }

  @Override
  public int species() {
    return model.species();
  }

  @Override
  public BarrierKernel newKernel() {
    return model.newKernel();
  }

  @Override
  public Optional<TableError> tableError() {
    return model.tableError();
  }

  @Override
  public boolean quick() {
    return model.quick();
  }

  @Override
  public double attemptFrequency(int species) {
    return model.attemptFrequency(species);
  }
}
