package org.latticelift.sim.systems.predatorprey;

/**
 * The drift of a cell (PP-01, PP-06).
 *
 * @param a growth of predators
 * @param b prey density at which predators neither grow nor shrink
 * @param preyCoupling factor of the second difference of the prey
 * @param predatorCoupling factor of the second difference of the predators
 */
record Reaction(double a, double b, double preyCoupling, double predatorCoupling) {
  double prey(double u, double v, double secondDifference) {
    return u * (1 - u - v) + preyCoupling * secondDifference;
  }

  double predator(double u, double v, double secondDifference) {
    return a * v * (u - b) + predatorCoupling * secondDifference;
  }
}
