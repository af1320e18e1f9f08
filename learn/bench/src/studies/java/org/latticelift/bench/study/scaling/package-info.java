/**
 * Scaling studies: what ranks gain, what a model of measured costs predicts for more of them, and
 * what the learned dynamics cost beside a direct simulation.
 */
package org.latticelift.bench.study.scaling;
