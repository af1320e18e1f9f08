package org.latticelift.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class SpecialisedClassTest {
  /** Multiplies with the constant of its class. */
  static final class Multiple implements IntUnaryOperator {
    private static final Integer FACTOR =
        SpecialisedClass.constants(MethodHandles.lookup(), Integer.class);

    @Override
    public int applyAsInt(int number) {
      return FACTOR * number;
    }

    static boolean hasNoConstant() {
      return FACTOR == null;
    }
  }

  private static IntUnaryOperator multiple(int factor) {
    return SpecialisedClass.instance(
        MethodHandles.lookup(), IntUnaryOperator.class, Multiple.class, factor);
  }

  @Test
  void everyCopyHasItsConstants() {
    IntUnaryOperator three = multiple(3);
    assertThat(multiple(5).applyAsInt(7)).isEqualTo(35);
    assertThat(three.applyAsInt(7)).isEqualTo(21);
    assertThat(multiple(5).getClass()).isNotEqualTo(three.getClass());
  }

  @Test
  void equalConstantsShareACopy() {
    assertThat(multiple(1234).getClass()).isEqualTo(multiple(1234).getClass());
    assertThat(multiple(1234)).isNotSameAs(multiple(1234));
  }

  @Test
  void theClassItselfHasNone() {
    assertThat(Multiple.hasNoConstant()).isTrue();
  }
}
