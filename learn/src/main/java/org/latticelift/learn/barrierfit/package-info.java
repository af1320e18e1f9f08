/**
 * Barrier networks of one's own: tables of environments and barriers (from a teacher model, or from
 * a user's own calculations), and the training of compact one-hot networks on them (CN-01 to
 * CN-06).
 */
package org.latticelift.learn.barrierfit;
