/**
 * Observables against time: recorded runs and predicted means, and the times they have in common.
 */
package org.latticelift.learn.series;
