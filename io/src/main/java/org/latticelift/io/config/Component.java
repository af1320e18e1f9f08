package org.latticelift.io.config;

import java.io.Serializable;

/**
 * The accessor of a component of a record.
 *
 * @param <R> the record that reads a key
 * @param <T> type of the component
 */
@FunctionalInterface
public interface Component<R extends Record, T> extends Serializable {
  /** The value of the component. */
  T of(R read);
}
