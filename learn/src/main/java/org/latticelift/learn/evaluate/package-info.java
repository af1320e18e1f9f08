/**
 * Prediction against direct simulation: late means with error bars that respect correlation in
 * time, sum rules of the pair order parameters, stationarity (DI-49), relaxation times, the
 * quantities ME-87 to ME-90, and the calibration of the learned diffusion.
 */
package org.latticelift.learn.evaluate;
