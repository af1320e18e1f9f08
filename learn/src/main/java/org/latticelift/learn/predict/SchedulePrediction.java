package org.latticelift.learn.predict;

import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.sim.schedule.Schedule;

/**
 * What is predicted for one schedule.
 *
 * @param name of the schedule
 * @param schedule of the condition
 * @param path along it
 * @param realTime of a crystal at the records, s; empty where that is not asked for
 * @param units time at the records in units of the model
 */
record SchedulePrediction(
    String name, Schedule schedule, PredictedPath path, double[] realTime, double[] units) {
  boolean real() {
    return realTime.length > 0;
  }
}
