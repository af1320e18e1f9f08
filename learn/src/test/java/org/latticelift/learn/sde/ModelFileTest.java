package org.latticelift.learn.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.kernel.FastestRates;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

class ModelFileTest {
  @TempDir Path folder;

  private static SdeModel model() {
    SdeArchitecture a = Architectures.all().get(3);
    List<SdeParameters> parameters =
        List.of(
            SdeParameters.initial(a, new Streams(1).stream(Purpose.TRAIN_INIT, 0)),
            SdeParameters.initial(a, new Streams(1).stream(Purpose.TRAIN_INIT, 1)));
    SdeScaling scaling =
        new SdeScaling(
            new double[] {0.1, 0.2, 0.3},
            new double[] {1, 2, 3},
            new double[] {1000, 2000},
            new double[] {1e-3, 1e-6});
    MacroscopicMap map =
        new MacroscopicMap(
            List.of("NbNb", "MoMo", "MoTa", "TaTa"),
            new int[] {1, 2, 3},
            new double[] {1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1},
            new double[] {0.5, 0, 0, 0});
    TrainingHistory h =
        new TrainingHistory(new double[] {2, 1}, new double[] {3, 2}, new double[] {1, 1});
    return new SdeModel(a, parameters, scaling, map, List.of(h, h), 8, 1e-9);
  }

  private int written;

  private Path write(SdeModel model) {
    Path file = folder.resolve("model" + written++ + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      ModelFile.write(writer, model);
    }
    return file;
  }

  @Test
  void roundTrip() {
    SdeModel model = model();
    SdeModel read = ModelFile.read(write(model));
    assertThat(read.architecture()).isEqualTo(model.architecture());
    for (int k = 0; k < 2; k++) {
      assertThat(read.models().get(k).flat()).isEqualTo(model.models().get(k).flat());
      assertThat(read.history().get(k).loss()).isEqualTo(model.history().get(k).loss());
    }
    assertThat(read.scaling().timeUnit()).isEqualTo(model.scaling().timeUnit());
    assertThat(read.map().matrix()).isEqualTo(model.map().matrix());
    assertThat(read.map().observables()).isEqualTo(model.map().observables());
    assertThat(read.kappa()).isEqualTo(8);
    double[] full = new double[4];
    read.map().expand(new double[] {1, 2, 3}, full);
    assertThat(full).containsExactly(6.5, 1, 2, 3);
  }

  @Test
  void whichModelsSharePairsIsKept() {
    assertThat(ModelFile.read(write(model())).resampling()).isEqualTo(Resampling.none(2));
    SdeModel m = model();
    Resampling halves = new Resampling(new int[] {0, 1}, Resampling.Unit.RECORDS, 5);
    SdeModel resampled =
        new SdeModel(
            m.architecture(),
            m.models(),
            m.scaling(),
            m.map(),
            m.history(),
            m.factors(),
            m.epsilon(),
            m.diagnostics(),
            halves);
    SdeModel read = ModelFile.read(write(resampled));
    assertThat(read.resampling()).isEqualTo(halves);
    assertThat(read.resampling().sentence()).contains("2 halves of 5 blocks of records");
  }

  @Test
  void whatAModelHoldsForIsKept() {
    SdeScaling plain = ModelFile.read(write(model())).scaling();
    assertThat(plain.quantities().composition()).isEmpty();
    assertThat(plain.holds()).isEqualTo("The model was trained at temperature_K 1000 to 2000.");
    SdeModel m = model();
    SdeScaling s = m.scaling();
    Quantities alloy =
        s.quantities().with(OptionalDouble.of(1.0 / 1024), Optional.of("Mo 0.2500, Ta 0.7500"));
    SdeScaling of = new SdeScaling(s.mean(), s.deviation(), s.condition(), s.timeUnit(), alloy);
    SdeModel known =
        new SdeModel(
            m.architecture(),
            m.models(),
            of,
            m.map(),
            m.history(),
            m.factors(),
            m.epsilon(),
            m.diagnostics(),
            m.resampling());
    SdeScaling read = ModelFile.read(write(known)).scaling();
    assertThat(read.quantities()).isEqualTo(alloy);
    assertThat(read.holds())
        .isEqualTo(
            "The model was trained with atoms Mo 0.2500, Ta 0.7500, 0.000977 vacancies per site,"
                + " at temperature_K 1000 to 2000.");
  }

  @Test
  void fastestRatesAreKept() {
    assertThat(ModelFile.read(write(model())).diagnostics().fastestRates()).isEmpty();
    SdeModel known = FastestRates.known(model());
    double[] rates = known.diagnostics().fastestRates();
    assertThat(rates).hasSize(2).doesNotContain(0);
    assertThat(ModelFile.read(write(known)).diagnostics().fastestRates()).isEqualTo(rates);
  }

  /** A name that no table or page can show on a line is refused, as is one that stands twice. */
  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "bell\u0007", " ", "", "same", "\u202ereversed"})
  void namesAreOneLineEach(String name) {
    SdeModel model = model();
    List<String> names = new ArrayList<>(model.map().observables());
    names.set(0, name.equals("same") ? names.get(1) : name);
    MacroscopicMap map = model.map();
    SdeModel renamed =
        new SdeModel(
            model.architecture(),
            model.models(),
            model.scaling(),
            new MacroscopicMap(names, map.independent(), map.matrix(), map.offset()),
            model.history(),
            1,
            0);
    assertFails(() -> ModelFile.read(write(renamed)), "name");
  }

  @Test
  void weightsThatAreNotNumbersAreRefused() {
    SdeModel model = model();
    float[] flat = model.models().get(0).flat();
    flat[7] = Float.NaN;
    SdeModel broken =
        new SdeModel(
            model.architecture(),
            List.of(SdeParameters.of(model.architecture(), flat)),
            model.scaling(),
            model.map(),
            model.history(),
            8,
            0);
    Path file = write(broken);
    assertFails(() -> ModelFile.read(file));
  }

  @Test
  void timeUnitIsInterpolatedAndOutsideTheRangeRefused() {
    SdeScaling scaling = model().scaling();
    assertThat(scaling.timeUnit(1000, false)).isCloseTo(1e-3, within(1e-12));
    assertThat(scaling.timeUnit(2000, false)).isCloseTo(1e-6, within(1e-15));
    double middle = 1 / (0.5 * (1e-3 + 0.5e-3));
    assertThat(scaling.timeUnit(middle, false)).isCloseTo(Math.sqrt(1e-9), within(1e-10));
    assertFails(() -> scaling.timeUnit(2100, false), "1000", "allow_extrapolation");
    assertThat(scaling.timeUnit(2100, true)).isLessThan(1e-6);
  }
}
