/**
 * The optimiser of all trainings: Adam on one flat array of parameters, with coupled or decoupled
 * weight decay and on request the largest second moment (ME-68, ME-69, ME-76, CN-04).
 */
package org.latticelift.learn.optim;
