/**
 * What partial evolutions of a system are worth: how much of the variance of increments their
 * compensators leave, and how correlated the increments of patches are (EX-03, EX-05, EX-06).
 */
package org.latticelift.bench.study.variates;
