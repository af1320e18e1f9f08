/**
 * How stationary the large states are that upsampling makes of equilibrium snapshots: what becomes
 * of them in a simulation of the large system itself (EX-22).
 */
package org.latticelift.bench.study.upsampling;
