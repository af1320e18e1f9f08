package org.latticelift.app.cli;

/** A command that all ranks run together; of others only the first rank runs anything. */
public interface SharedCommand {}
