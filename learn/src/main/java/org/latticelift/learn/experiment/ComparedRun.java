package org.latticelift.learn.experiment;

import java.nio.file.Path;
import org.latticelift.learn.evaluate.Remedies;
import org.latticelift.sim.system.Condition;

/**
 * What an experiment knows of a run beside its files.
 *
 * @param truth folder of the direct runs that it is compared with; below it one folder per initial
 *     state
 * @param sites of the large system
 * @param condition that is predicted
 * @param wholeIncrements whether the equation is trained on increments of the whole state, so that
 *     its pairs can judge it
 * @param smallDrift drift of a prediction between the halves of its late part that is too small to
 *     matter
 * @param remedies what can be done, in words of the configuration that it is compared with
 */
public record ComparedRun(
    Path truth,
    double sites,
    Condition condition,
    boolean wholeIncrements,
    double smallDrift,
    Remedies remedies) {}
