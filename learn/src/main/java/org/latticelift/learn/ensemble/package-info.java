/**
 * Prediction: ensembles of trajectories of a trained SDE by Euler-Maruyama (ME-77), without a
 * training engine, and the stage {@code ensemble}.
 */
package org.latticelift.learn.ensemble;
