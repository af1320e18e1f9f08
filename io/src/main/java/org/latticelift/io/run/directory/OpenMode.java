package org.latticelift.io.run.directory;

/** What to do with a folder that holds results already. */
public enum OpenMode {
  /** The folder is new or empty. */
  NEW,
  /** Continue a run of the same configuration. */
  RESUME,
  /** Remove the results of an earlier run, and nothing else, first. */
  OVERWRITE
}
