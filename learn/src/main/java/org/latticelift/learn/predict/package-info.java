/**
 * Predictions of a trained model along schedules of its condition (EX-50): anneals, quenches, ramps
 * and cycles, in numbers, files and figures. A model file is all that is needed.
 */
package org.latticelift.learn.predict;
