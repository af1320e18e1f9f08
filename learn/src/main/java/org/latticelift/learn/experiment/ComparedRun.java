package org.latticelift.learn.experiment;

import java.nio.file.Path;
import org.latticelift.sim.system.Condition;

/**
 * What an experiment knows of a run beside its files.
 *
 * @param truth folder of the direct runs that it is compared with; below it one folder per initial
 *     state
 * @param sites of the large system
 * @param condition that is predicted
 */
public record ComparedRun(Path truth, double sites, Condition condition) {}
