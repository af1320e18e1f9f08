/**
 * Experiments of the paper: several variants of one configuration, each a run of its own, direct
 * simulations from several initial states to compare with, and one table and one figure that stand
 * beside the published numbers (Figs. 3, 4, 8, 9, Table 2).
 */
package org.latticelift.learn.experiment;
