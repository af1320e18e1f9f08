package org.latticelift.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;

/** Axes have names for programs that know netCDF-4 or dimension scales, without options. */
class DimensionScalesTest {
  @TempDir private Path folder;

  private Path sample() {
    Path file = folder.resolve("sample.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "observable_names", new String[] {"a", "b"});
      writer.group("/T2000");
      writer.attribute("/T2000", "temperature_K", 2000.0);
      put(writer, "/T2000/run0/time", 3, "record");
      put(writer, "/T2000/run0/observables", 6, "record", "observable");
      put(writer, "/T2000/run0/covariance", 4, "observable", "observable");
      put(writer, "/T2000/run0/two_more", 5, "record");
      put(writer, "/T2000/run0/grid", 7, "grid");
      put(writer, "/T2000/run0/on_grid", 7, "grid");
      put(writer, "/T2000/run0/none", 0, "nothing");
      writer.texts("/T2000/run0/names", new String[] {"x", "yz"}, info("observable"));
      writer.text("/note", "no axis", info());
    }
    return file;
  }

  private static DatasetInfo info(String... axes) {
    return DatasetInfo.of("s", "a quantity", axes);
  }

  private static void put(Hdf5Writer writer, String path, int length, String... axes) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = i;
    }
    int second = axes.length == 1 ? 0 : 2;
    long[] dims = second == 0 ? new long[] {length} : new long[] {length / second, second};
    writer.dataset(path, values, dims, info(axes));
  }

  @Test
  void xarrayNamesTheAxesWithoutOptions() {
    String program =
        """
        import sys, warnings
        warnings.simplefilter("error")
        import xarray
        run = xarray.open_dataset(sys.argv[1], group="T2000/run0", engine="h5netcdf")
        for name in sorted(run.variables):
            print(name, *run[name].dims, *run[name].shape)
        print("coordinates", *sorted(run.coords))
        print(run.observables.isel(record=2).values, run.names.values)
        print(xarray.open_datatree(sys.argv[1], engine="h5netcdf")["T2000"].attrs["temperature_K"])
        """;
    assertThat(ExternalTool.python(List.of("xarray", "h5netcdf"), program, sample() + ""))
        .isEqualTo(
            """
            covariance observable observable_2 2 2
            grid grid 7
            names observable 2
            none nothing 0
            observables record observable 3 2
            on_grid grid 7
            time record 3
            two_more record_2 5
            coordinates grid
            [4. 5.] [b'x' b'yz']
            2000.0
            """);
  }

  /** What the HDF Group's library finds, both ways: from data to scales and back. */
  @Test
  void theLibraryFindsScalesAndTheirUses() {
    String program =
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as file:
            run = file["T2000/run0"]
            data = run["observables"]
            print([dim[0].name for dim in data.dims], [len(dim) for dim in data.dims])
            scale = run["record"]
            print(h5py.h5ds.is_scale(scale.id), scale.shape, scale[()].tolist())
            print([(file[use[0]].name, int(use[1])) for use in run["observable"].attrs["REFERENCE_LIST"]])
            print(h5py.h5ds.is_attached(data.id, run["observable"].id, 1))
            print(run["grid"].attrs["NAME"], run["grid"][2])
        """;
    assertThat(ExternalTool.h5py(program, sample() + ""))
        .isEqualTo(
            """
            ['/T2000/run0/record', '/T2000/run0/observable'] [1, 1]
            True (3,) [0.0, 0.0, 0.0]
            [('/T2000/run0/covariance', 0), ('/T2000/run0/names', 0), ('/T2000/run0/observables', 1)]
            True
            b'grid' 2.0
            """);
  }

  @Test
  void readersHereSeeTheDataAlone() {
    try (Hdf5Reader reader = Hdf5Reader.open(sample())) {
      assertThat(reader.children("/T2000/run0"))
          .containsExactly(
              "covariance", "grid", "names", "none", "observables", "on_grid", "time", "two_more");
      assertThat(reader.attributes("/T2000/run0/time"))
          .containsExactly("axes", "long_name", "units");
      assertThat(reader.doubles("/T2000/run0/two_more")).containsExactly(0, 1, 2, 3, 4);
      assertThat(reader.texts("/T2000/run0/names")).containsExactly("x", "yz");
      assertThat(reader.text("/note")).isEqualTo("no axis");
    }
  }

  /** More references than a collection of the heap has numbers for: 65 000 datasets. */
  @Tag("hostile")
  @Test
  void manyDatasetsHaveTheirScales() {
    Path file = folder.resolve("many.h5");
    int groups = 651;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      for (int group = 0; group < groups; group++) {
        for (int i = 0; i < 100; i++) {
          put(writer, "/g" + group + "/d" + i, 1 + i % 2, "point");
        }
      }
    }
    String program =
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as file:
            print(all(file[f"g{g}/d{i}"].dims[0][0] == file[f"g{g}/point" + ["", "_2"][i % 2]]
                      for g in (0, 599, 600, 650) for i in range(100)))
        """;
    assertThat(ExternalTool.h5py(program, file.toString())).isEqualTo("True\n");
  }

  @Test
  void aReservedDatasetHasScalesOfAnyLength() {
    Path file = folder.resolve("reserved.h5");
    long length = 3_000_000_000L;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.reserve("/a", ElementType.UINT8, new long[] {length}, info("site").asUnsigned());
    }
    String program =
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as file:
            print(file["a"].dims[0][0].name, file["a"].dims[0][0].shape, file["site"][2999999999])
        """;
    assertThat(ExternalTool.h5py(program, file.toString())).isEqualTo("/site (3000000000,) 0.0\n");
  }

  @Test
  void withoutScalesThereIsOnlyWhatWasAdded() {
    Path file = folder.resolve("plain.h5");
    try (Hdf5Writer writer = Hdf5Writer.createWithoutScales(file)) {
      put(writer, "/a", 2, "x");
    }
    String program = "import sys, h5py; print(list(h5py.File(sys.argv[1])))";
    assertThat(ExternalTool.h5py(program, file.toString())).isEqualTo("['a']\n");
  }
}
