package org.latticelift.sim.system;

import java.util.List;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/**
 * What is fixed of a system.
 *
 * @param name as in the configuration
 * @param conditions what is varied, at least one
 * @param macroscopics observables, their units, and which of them are independent
 * @param relations linear relations that the observables of the large system obey, and predictions
 *     have to obey, too
 * @param mirror -1 for each observable that changes its sign in a mirror image with the same law, 1
 *     for the others, as the magnetisation of spins without a field does when all spins turn
 *     (EX-05); empty where there is no such symmetry
 * @param small the system that can be simulated, one patch
 * @param large the system that is to be predicted
 * @param timeUnit the unit of all times, as files and figures name it: {@code s}, or {@code 1}
 *     where time has no unit
 * @param timeStep the time of a step where time goes in equal steps; 0 where events happen at any
 *     time
 * @param costs of work, for estimates only; changes no result
 */
public record SystemFacts(
    String name,
    List<Condition> conditions,
    Macroscopics macroscopics,
    List<LinearRelation> relations,
    int[] mirror,
    Extent small,
    Extent large,
    String timeUnit,
    double timeStep,
    CostEstimate costs) {
  public SystemFacts {
    conditions = List.copyOf(conditions);
    relations = List.copyOf(relations);
  }

  /**
   * Times in seconds at which events happen, observables without relations and symmetry.
   *
   * @param name as in the configuration
   * @param conditions at least one
   * @param small its size
   * @param large its size
   * @param costs of work
   */
  public SystemFacts(
      String name,
      List<Condition> conditions,
      Macroscopics macroscopics,
      Extent small,
      Extent large,
      CostEstimate costs) {
    this(name, conditions, macroscopics, List.of(), new int[0], small, large, "s", 0, costs);
  }

  /**
   * The same in another unit of time ({@code unit}: {@code s} or {@code 1}; {@code step}: of time,
   * 0 where events happen at any time).
   */
  public SystemFacts withTime(String unit, double step) {
    return new SystemFacts(
        name, conditions, macroscopics, relations, mirror, small, large, unit, step, costs);
  }

  /**
   * The same with what holds among observables ({@code linear}: relations; {@code signs}: of a
   * mirror image).
   */
  public SystemFacts withSymmetry(List<LinearRelation> linear, int[] signs) {
    return new SystemFacts(
        name, conditions, macroscopics, linear, signs, small, large, timeUnit, timeStep, costs);
  }

  /** The same at other conditions. */
  public SystemFacts withConditions(List<Condition> other) {
    return new SystemFacts(
        name, other, macroscopics, relations, mirror, small, large, timeUnit, timeStep, costs);
  }

  /** The same with other observables, between which no relation is known. */
  public SystemFacts withObservables(Macroscopics other) {
    return new SystemFacts(
        name, conditions, other, List.of(), new int[0], small, large, timeUnit, timeStep, costs);
  }
}
