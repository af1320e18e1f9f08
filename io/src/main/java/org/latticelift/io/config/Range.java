package org.latticelift.io.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The allowed range of a number, or of each number of a list. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /** Lower end. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Upper end. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether the lower end is excluded. */
  boolean minOpen() default false;

  /** Whether the upper end is excluded. */
  boolean maxOpen() default false;
}
