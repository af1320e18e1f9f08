package org.latticelift.learn.predict;

import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.sim.schedule.Schedule;

/**
 * What is predicted for one schedule.
 *
 * @param name of the schedule
 * @param schedule of the condition
 * @param path along it
 */
record Prediction(String name, Schedule schedule, PredictedPath path) {}
