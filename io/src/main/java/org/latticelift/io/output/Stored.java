package org.latticelift.io.output;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a record is in files, for {@link RecordLayout}. On a component that is a
 * record itself it says what its parts are of: a part without braces in its name has the name of
 * what it is of in front, {@code {}} stands for that name, or in the long name for that text.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Stored {
  /** The long name. */
  String value() default "";

  /** Name of the dataset and of the column; by default that of the component in snake case. */
  String name() default "";

  /** Units; a word in braces, such as <code>{time}</code>, is resolved by whoever writes. */
  String units() default "";

  /** Names of the dimensions; none for a number. */
  String[] axes() default {};

  /** Its header in a table that people read; none where it is in files only. */
  String title() default "";

  /** How such a table writes it. */
  String format() default "%.4f";

  /** Whether such a table leaves out a record that has headers elsewhere. */
  boolean hidden() default false;

  /** Whether earlier versions did not write it; read as NaN, or an empty array, from them. */
  boolean optional() default false;
}
