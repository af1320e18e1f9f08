package org.latticelift.sim.vacancy.order;

/** The random alloy that pair order is measured against. */
public enum Reference {
  /** z c_j, with c_j the share of species j among the atoms. */
  COMPOSITION,
  /** z divided by the number of species (AL-51: 8/3). */
  EQUIMOLAR
}
