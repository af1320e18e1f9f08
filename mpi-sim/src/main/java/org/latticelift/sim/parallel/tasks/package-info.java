/**
 * Independent tasks of one stage on all ranks of a job. All ranks run the same stages with the same
 * configuration; the first one (rank 0) hands out the tasks, keeps the list of committed files,
 * shows the progress of all, and does alone what is done once. Other ranks call it, one call at a
 * time, from the thread that opened the communicator; their working threads never communicate.
 */
package org.latticelift.sim.parallel.tasks;
