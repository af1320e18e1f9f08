/**
 * Searches for the schedule of given length and limits after which an observable is largest, or has
 * a prescribed value, by a trained model (EX-53): a maximiser without gradients proposes, ensembles
 * with the same noise for all proposals answer.
 */
package org.latticelift.learn.design;
