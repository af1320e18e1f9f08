/**
 * The reliability campaign: damaged and strange inputs, full disks, kills and clocks, of which the
 * ordinary tests do a few and a run with {@code -Dcampaign.cases=N} as many as one likes. What was
 * done is counted on from run to run in the file {@code -Dcampaign.record=FILE}.
 */
package org.latticelift.bench.campaign;
