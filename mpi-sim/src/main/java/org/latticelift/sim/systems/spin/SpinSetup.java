package org.latticelift.sim.systems.spin;

import java.util.List;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.spin.Enlargement.UpsampleConfig;
import org.latticelift.sim.systems.spin.Enlargement.UpsampleConfig.LargeStates;

/** What is fixed for a model of spins on a square lattice beside its conditions. Immutable. */
public interface SpinSetup {
  /**
   * How small lattices become large ones.
   *
   * @return with both sides
   */
  Enlargement enlargement();

  /**
   * Where large states come from.
   *
   * @return as configured
   */
  UpsampleConfig upsample();

  /**
   * Whether large states are made of small ones.
   *
   * @return false where they are of another origin, or no larger
   */
  default boolean enlarges() {
    return upsample().states() == LargeStates.ENLARGED
        && enlargement().large() > enlargement().small();
  }

  /**
   * Field that the spins are in.
   *
   * @return h, 0 where the two directions of a spin are equal
   */
  double field();

  /**
   * The initial magnetisation of states.
   *
   * @param role of the small or of the large system
   * @return as configured
   */
  StartMagnetisation start(Role role);

  /**
   * What surrounds a patch that evolves.
   *
   * @return as configured
   */
  Environment environment();

  /**
   * Length of a partial evolution.
   *
   * @param condition the condition
   * @param scales times of the small lattice
   * @return by flips of the patch or by time
   */
  Duration evolution(Condition condition, TimeScales scales);

  /**
   * Flips per sample, for estimates of work.
   *
   * @param condition the condition
   * @return relaxation and evolution
   */
  double eventsPerSample(Condition condition);

  /**
   * Finds mistakes between keys; an error for the first.
   *
   * @param conditions all conditions
   */
  void check(List<Condition> conditions);
}
