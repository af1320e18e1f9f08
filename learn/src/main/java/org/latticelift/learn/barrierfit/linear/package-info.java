/**
 * Linear barrier models fitted to tables: rows that are checked, folds of structures, ridge
 * regression in a gauge that the order of species does not change, and errors with intervals.
 */
package org.latticelift.learn.barrierfit.linear;
