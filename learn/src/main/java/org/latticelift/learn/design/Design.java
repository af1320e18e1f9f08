package org.latticelift.learn.design;

import java.util.List;
import org.latticelift.learn.sde.Quantities;

/**
 * What a search has found. The values of both schedules are from noise that no proposal was judged
 * by, so the luck of the best one is not in them.
 *
 * @param quantities names and units of condition and time
 * @param observable whose mean at the end counts
 * @param goal what it was to be
 * @param seed of all noise and proposals
 * @param found the best schedule
 * @param ramp the best straight one
 * @param gain by how much the found one is better
 * @param gainHalfWidth of its 95 % interval over models; NaN where there is none
 * @param tried all schedules in the order in which they were tried
 * @param ramps all straight ones, in that order
 */
record Design(
    Quantities quantities,
    String observable,
    Goal goal,
    long seed,
    Candidate found,
    Candidate ramp,
    double gain,
    double gainHalfWidth,
    List<Tried> tried,
    List<Tried> ramps) {}
