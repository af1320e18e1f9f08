package org.latticelift.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.output.Inspector;
import org.latticelift.io.testing.ExternalTool;

/** Links, circles, depths and sizes that h5py writes without a word. */
@Tag("hostile")
@Timeout(60)
class HostileFilesTest {
  @TempDir Path folder;

  private Path file(String program) {
    Path file = folder.resolve("a.h5");
    String head =
        """
        import sys, zlib, h5py, numpy as np
        folder = sys.argv[1]
        a = np.arange(16, dtype='u1').reshape(2, 8)
        f = h5py.File(folder + '/a.h5', 'w')
        """;
    ExternalTool.h5py(head + program.replace(" ; ", "\n") + "\nf.close()", folder.toString());
    return file;
  }

  private static void refused(Path file, String dataset, String... parts) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertFails(ExitCode.BAD_DATA, () -> reader.bytes(dataset), parts);
      assertFails(ExitCode.BAD_DATA, () -> reader.dims(dataset), parts);
    }
  }

  /** The target has other bytes at every place than the file with the link. */
  private Path linked(String program) {
    return file(
        """
        with h5py.File(folder + '/b.h5', 'w') as t: t['g/x'] = a + 100
        f['own'] = a + 50
        """
            + program);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f['x'] = h5py.ExternalLink(folder + '/b.h5', '/g/x')",
        "f['x'] = h5py.ExternalLink('b.h5', '/g/x')",
        "f['x'] = h5py.ExternalLink('absent.h5', '/g/x')",
        "f['x'] = h5py.ExternalLink('a.h5', '/own')",
        "f['e'] = h5py.ExternalLink(folder + '/b.h5', '/g') ; f['x'] = h5py.SoftLink('/e/x')",
      })
  void externalLinksAreRefused(String program) {
    Path file = linked(program);
    refused(file, "/x", "external link", "a.h5 /x", "not followed", "h5copy");
    assertFails(ExitCode.BAD_DATA, () -> Inspector.describe(file), "external link", "a.h5 /");
  }

  @Test
  void whatLiesBehindAnExternalLinkIsRefused() {
    Path file = linked("f['e'] = h5py.ExternalLink(folder + '/b.h5', '/g')");
    refused(file, "/e/x", "external link", "b.h5", "a.h5 /e/x");
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertFails(ExitCode.BAD_DATA, () -> reader.exists("/e/x"), "external link");
      assertFails(ExitCode.BAD_DATA, () -> reader.attributes("/e"), "external link");
      assertThat(reader.bytes("/own")[0]).isEqualTo((byte) 50);
    }
  }

  @Test
  void externalStorageAndVirtualDatasetsAreRefused() {
    refused(
        file(
            """
            f.create_dataset('x', a.shape, 'u1', external=[(folder + '/raw.bin', 0, 1000)])[...] = a
            """),
        "/x",
        "a.h5 /x");
    refused(
        linked(
            """
            l = h5py.VirtualLayout(a.shape, 'u1')
            l[...] = h5py.VirtualSource(folder + '/b.h5', '/g/x', a.shape)
            f.create_virtual_dataset('x', l)
            """),
        "/x",
        "a.h5 /x");
  }

  /** A link of a class that an application has registered; type 1 is soft, 64 external. */
  @Test
  void userDefinedLinksAreRefused() throws Exception {
    Path file =
        file(
            "f.close() ; f = h5py.File(folder + '/a.h5', 'w', libver='latest') ; f['y'] = a ;"
                + " f['x'] = h5py.ExternalLink('b.h5', '/x')");
    byte[] bytes = Files.readAllBytes(file);
    int changed = 0;
    for (int i = 0; i + 4 < bytes.length; i++) {
      if (bytes[i] == 1 && bytes[i + 1] == 8 && bytes[i + 2] == 64) {
        bytes[i + 2] = 65;
        changed++;
      }
    }
    assertThat(changed).isEqualTo(1);
    Files.write(file, bytes);
    refused(file, "/x", "a.h5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f['y'] = a ; f['x'] = h5py.SoftLink('/y')",
        "f['g/y'] = a ; f['x'] = h5py.SoftLink('g/y')",
        "f['g/y'] = a ; f['x'] = h5py.SoftLink('./g/./y')",
        "f['y'] = a ; f['z'] = h5py.SoftLink('/y') ; f['x'] = h5py.SoftLink('z')",
        "f['g/h/y'] = a ; f['k'] = h5py.SoftLink('/g/h') ; f['x'] = h5py.SoftLink('k/y')",
        "f['y'] = a ; f['x'] = f['y']",
      })
  void softAndHardLinksLeadToTheData(String program) {
    try (Hdf5Reader reader = Hdf5Reader.open(file(program))) {
      assertThat(reader.bytes("/x"))
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }
  }

  @Test
  void relativeSoftLinksBeginInTheirGroup() {
    Path file = file("f['g/y'] = a ; f['y'] = a + 100 ; f['g/x'] = h5py.SoftLink('y')");
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.bytes("/g/x", 0, 2)).containsExactly(0, 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "f['x'] = h5py.SoftLink('/nowhere')|/x|leads nowhere",
        "f['x'] = h5py.SoftLink('/x')|/x|in a circle",
        "f['x'] = h5py.SoftLink('/y') ; f['y'] = h5py.SoftLink('/x')|/x|in a circle",
        "f['g/x'] = a ; f['g/g'] = f['g']|/g/g/x|within itself",
        "f['x'] = a ; f['me'] = f['/']|/me/x|within itself",
        "f['g/h/x'] = a ; f['g/h/up'] = h5py.SoftLink('/g')|/g/h/up/h/up/h/up/h/x|in a circle",
      })
  void circlesAreRefused(String program, String dataset, String message) {
    Path file = file(program);
    if (!message.equals("in a circle") || dataset.equals("/x")) {
      refused(file, dataset, message, "a.h5 " + dataset);
      assertFails(ExitCode.BAD_DATA, () -> Inspector.describe(file), message);
    }
  }

  @Test
  void thousandsOfGroupsInEachOtherAreRefused() {
    Path file =
        file(
            """
            g = f
            for i in range(3000): g = g.create_group('g')
            g['x'] = a
            """);
    refused(file, "/g".repeat(3000) + "/x", "too deep", "64");
    assertFails(ExitCode.BAD_DATA, () -> Inspector.describe(file), "too deep");
  }

  @Test
  void thousandsOfGroupsBesideEachOtherAreRead() {
    Path file = file("for i in range(3000): f['g%d/x' % i] = a");
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.children("/")).hasSize(3000);
      assertThat(reader.bytes("/g2999/x", 3, 1)).containsExactly(3);
    }
    assertThat(Inspector.describe(file)).contains("2999 more groups");
  }

  /** Two links from each group to the next: 2^40 paths, no circle. */
  @Test
  void aTreeOfLinksIsShownInPart() {
    Path file =
        file(
            """
            g = f
            for i in range(40):
                h = g.create_group('a%d' % i)
                g['b%d' % i] = h
                h['x%d' % i] = a
                g = h
            """);
    assertThat(Inspector.describe(file).lines().count()).isLessThan(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f.create_dataset('x', (1, 1000, 1000, 1000, 2), 'u1')|never written",
        "f.create_dataset('x', (2000, 2000, 2000), 'u1', chunks=(8, 8, 8))|never written",
        "f.create_dataset('x', (2000, 2000, 2000), 'u1', chunks=(8, 8, 8))[0,0,0] = 1|bytes in a file of",
        "f.create_dataset('x', (900, 900, 900), 'u1', chunks=(8, 8, 8), compression='gzip')[0,0,0] = 1|bytes in a file of",
        "f['x'] = h5py.Empty('u1')|never written",
        "f.create_dataset('x', (2**32, 2**30, 8), 'u1', chunks=(1, 16, 8))|a.h5 /x",
        "f.create_dataset('x', (2**40, 2**23), 'u1', chunks=(1, 16))|a.h5 /x",
        "f.create_dataset('x', (2**21, 2**21, 2**21), 'u1', chunks=(16, 16, 16))|a.h5 /x",
      })
  void sizesBeyondTheFileAreRefused(String program, String message) {
    refused(file(program), "/x", message);
  }

  @Test
  void datasetsWithoutElementsAreEmpty() {
    try (Hdf5Reader reader = Hdf5Reader.open(file("f.create_dataset('x', (0, 2**40), 'u1')"))) {
      assertThat(reader.dims("/x")).containsExactly(0, 1L << 40);
      assertThat(reader.bytes("/x")).isEmpty();
    }
  }

  @Test
  void aSizeChangedAfterwardsIsRefused() throws Exception {
    Path file = file("f['x'] = a");
    replaceDimension(file, 8, 1L << 40);
    refused(file, "/x", "the file ends inside the dataset");
    replaceDimension(file, 1L << 40, -8);
    refused(file, "/x", "a.h5 /x");
  }

  /** Replaces numbers of 8 bytes. */
  private static void replaceDimension(Path file, long from, long to) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 24 <= bytes.length; i++) {
      boolean shape = buffer.getLong(i) == 2 && buffer.getLong(i + 8) == from;
      if (shape) {
        buffer.putLong(i + 8, to);
      }
    }
    Files.write(file, bytes);
  }

  /** A chunk of 4 KiB that inflates to 100 MB, with a heap that would hold it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"gzip', 'shuffle': False", "gzip', 'shuffle': True", "gzip', 'fletcher32': True"})
  void aChunkThatGrowsBeyondItsSizeIsRefused(String filters) {
    Path file =
        file(
            "d = f.create_dataset('x', (64, 64), 'u1', chunks=(32, 64), **{'compression': '"
                + filters
                + "})\n"
                + """
                d[...] = 1
                d.id.write_direct_chunk((32, 0), zlib.compress(b'\\0' * 100_000_000) + b'abcd')
                """);
    refused(file, "/x", "grows beyond its size", "2048 bytes", "a.h5 /x");
  }

  @Test
  void aDatasetThatIsAThousandTimesTheFileIsRefused() {
    Path file =
        file(
            "f.create_dataset('x', data=np.ones((512, 512, 512), 'u1'), chunks=(64, 512, 512),"
                + " compression='gzip')");
    refused(file, "/x", "134217728 bytes in a file of");
  }

  @Test
  void compressedDataIsRead() {
    Path file =
        file(
            """
            r = np.random.default_rng(1).integers(0, 4, (40, 41, 42)).astype('u1')
            f.create_dataset('gzip', data=r, chunks=(7, 8, 9), compression='gzip', shuffle=True)
            f.create_dataset('sum', data=r, chunks=(7, 8, 9), compression='gzip', fletcher32=True)
            f.create_dataset('lzf', data=r, chunks=(7, 8, 9), compression='lzf')
            f.create_dataset('plain', data=r)
            """);
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      byte[] plain = reader.bytes("/plain");
      assertThat(reader.bytes("/gzip")).isEqualTo(plain);
      assertThat(reader.bytes("/sum")).isEqualTo(plain);
      assertThat(reader.bytes("/lzf")).isEqualTo(plain);
    }
  }

  /** Zeros in their place would be vacancies. */
  @ParameterizedTest
  @ValueSource(strings = {"None", "'gzip'"})
  void aDatasetThatIsWrittenInPartIsRefused(String compression) {
    Path file =
        file(
            "p = f.create_dataset('x', (40, 40), 'u1', chunks=(8, 40), compression="
                + compression
                + ") ; p[:8] = 1 ; f['pad'] = np.zeros(1000)");
    refused(file, "/x", "the chunk at [8, 0] was never written");
  }

  /** A sparse file of 3 GB: places are 64-bit, and only what is asked for is read. */
  @Test
  void aLargeContiguousDatasetIsRead() throws Exception {
    Path file = folder.resolve("large.h5");
    long planes = 3000;
    long plane = 1_000_000;
    SlabDataset slab;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      DatasetInfo info = DatasetInfo.of("1", "codes", "x", "y").asUnsigned();
      slab = writer.reserve("/x", ElementType.UINT8, new long[] {planes, plane}, info);
    }
    slab.write(planes * plane - 3, new byte[] {7, 8, 9}, 0, 3);
    slab.close();
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.dims("/x")).containsExactly(planes, plane);
      assertThat(reader.bytes("/x", planes * plane - 4, 4)).containsExactly(0, 7, 8, 9);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    assertFails(ExitCode.BAD_DATA, () -> Hdf5Reader.open(file), "truncated");
  }

  @Test
  void anAttributeLargerThanTheFileIsRefused() throws Exception {
    Path file = file("f['x'] = a ; f['x'].attrs['n'] = np.arange(2, dtype='i8')");
    replaceAttributeLength(file);
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertFails(ExitCode.BAD_DATA, () -> reader.attribute("/x", "n"), "a.h5 /x");
    }
  }

  /** Of the two arrays of one axis with 2 elements, or 2 of 8. */
  private static void replaceAttributeLength(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 8; i + 16 <= bytes.length; i++) {
      boolean one = bytes[i - 8] == 1 && bytes[i - 7] == 1 && buffer.getLong(i) == 2;
      if (one) {
        buffer.putLong(i, 1 << 30);
      }
    }
    Files.write(file, bytes);
  }

  /** With a name that is no part of a path a group would be found within itself again and again. */
  @ParameterizedTest
  @ValueSource(strings = {".", "/", "\0"})
  void aNameThatLeadsBackIsRefused(String name) throws Exception {
    Path file = file("f['g/~/x'] = a");
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < content.length; i++) {
      content[i] = content[i] == '~' ? (byte) name.charAt(0) : content[i];
    }
    Files.write(file, content);
    assertFails(ExitCode.BAD_DATA, () -> Inspector.describe(file), "a.h5 /g", "names without '/'");
  }

  /** The length of an object header; nothing of that size is allocated to find out. */
  @ParameterizedTest
  @ValueSource(ints = {16, 3_000_000})
  void aLengthBeyondTheFileTakesNoMemory(int bytes) throws Exception {
    Path file = folder.resolve("own.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/g/x", new byte[bytes], new long[] {bytes}, DatasetInfo.of("1", "codes", "x"));
    }
    byte[] content = Files.readAllBytes(file);
    int headers = 0;
    for (int i = 0; i + 4 < content.length; i++) {
      boolean header = new String(content, i, 4, StandardCharsets.ISO_8859_1).equals("OHDR");
      if (header && headers++ > 0) { // not that of the root
        content[i + 5] = 2; // the length has four bytes and follows
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(i + 6, 0x70000000);
      }
    }
    assertThat(headers).isGreaterThan(2);
    Files.write(file, content);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = memory.getThreadAllocatedBytes(thread);
    refused(file, "/g/x", "damaged", "own.h5 /g/x");
    assertThat(memory.getThreadAllocatedBytes(thread) - before).isLessThan(64L << 20);
  }
}
