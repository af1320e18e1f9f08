package org.latticelift.rundir;

import org.latticelift.progress.ProgressFactory;
import org.latticelift.task.StopSignal;

/**
 * Where and how a stage runs.
 *
 * @param directory the folder of the run
 * @param provenance what results say about their origin
 * @param seed seed of all random streams
 * @param threads threads of this process
 * @param progress shows progress
 * @param stop the request to end early
 */
public record StageContext(
    RunDirectory directory,
    Provenance provenance,
    long seed,
    int threads,
    ProgressFactory progress,
    StopSignal stop) {}
