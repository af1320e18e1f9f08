package org.latticelift.learn.law;

/** The languages. */
public enum Language {
  C,
  PYTHON;

  LawDialect dialect() {
    return switch (this) {
      case C -> new CDialect();
      case PYTHON -> new PythonDialect();
    };
  }
}
