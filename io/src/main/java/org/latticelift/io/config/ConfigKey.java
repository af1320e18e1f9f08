package org.latticelift.io.config;

import java.util.function.Function;

/**
 * A key of a configuration, with the type of its values; {@link Binder#key} makes it from the
 * accessor of the component that reads it.
 *
 * @param path keys joined by dots, such as {@code train.batch}
 * @param yaml writes a value
 * @param <T> type of the component
 */
public record ConfigKey<T>(String path, Function<T, String> yaml) {}
