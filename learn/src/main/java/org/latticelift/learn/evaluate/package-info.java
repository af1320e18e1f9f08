/**
 * Prediction against direct simulation: equilibrium means and paths with error bars that respect
 * correlation in time, sum rules, stationarity, relaxation times, distances of trajectories, and
 * the calibration of the learned diffusion. Verdicts come from {@code learn.judgement}.
 */
package org.latticelift.learn.evaluate;
