package org.latticelift.sim.system;

import java.util.function.Supplier;

/** The evolution of a system that cannot be interrupted. */
final class WholeStretch implements Stretch {
  private final Supplier<Progression> evolution;
  private Progression made;

  WholeStretch(Supplier<Progression> evolution) {
    this.evolution = evolution;
  }

  @Override
  public boolean done() {
    return made != null;
  }

  @Override
  public void advance() {
    made = evolution.get();
  }

  @Override
  public Progression made() {
    return made == null ? new Progression(0, 0) : made;
  }

  @Override
  public byte[] save() {
    throw new IllegalStateException("an evolution of one piece is saved before or after it");
  }
}
