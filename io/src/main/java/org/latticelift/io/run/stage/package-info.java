/**
 * The stages of a run: what each needs, plans and makes, what it is given to work with, and how
 * long it took.
 */
package org.latticelift.io.run.stage;
