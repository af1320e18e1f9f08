package org.latticelift.bench.speed;

import org.latticelift.sim.vacancy.barrier.BarrierModel;

/**
 * What is measured.
 *
 * @param model barriers
 * @param cells cells per axis of a cube
 * @param temperatureK K
 * @param cacheBytes memory of the environment cache, 0 for none
 */
public record KmcCase(BarrierModel model, int cells, double temperatureK, long cacheBytes) {}
