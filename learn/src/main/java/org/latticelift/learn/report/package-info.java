/**
 * The report of a run: one self-contained page with plots and tables, the plots again as files, and
 * exports of results to text formats.
 */
package org.latticelift.learn.report;
