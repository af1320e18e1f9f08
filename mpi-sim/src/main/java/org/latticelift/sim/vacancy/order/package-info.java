/**
 * Order parameters of an alloy (AL-50...AL-54): pair order of any shell, Warren-Cowley parameters,
 * B2 long-range order, and a user's own through {@link
 * org.latticelift.sim.vacancy.order.OrderParameterProvider}. All are linear functions of integer
 * counts that are kept per jump; on a patch every site owns half of its bonds, so that patches sum
 * to the whole (DI-04, DI-55).
 */
package org.latticelift.sim.vacancy.order;
