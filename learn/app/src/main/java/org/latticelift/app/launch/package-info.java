/** Ranks: how a process becomes one of them or starts others, and what works on this machine. */
package org.latticelift.app.launch;
