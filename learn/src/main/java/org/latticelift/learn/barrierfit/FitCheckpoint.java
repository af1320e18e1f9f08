package org.latticelift.learn.barrierfit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.barrierfit.FittedNetwork.LearningCurve;

/**
 * Everything needed to continue a training bit for bit. Shuffles need no state: their streams are
 * keyed by the epoch, which follows from the step.
 *
 * @param fingerprint of table, specification and seed
 * @param step steps done
 * @param parameters of the network
 * @param first Adam's first moment
 * @param second Adam's second moment
 * @param lossSum of the batches since the last point of the curve
 * @param lossCount number of those batches
 * @param curve so far
 * @param best weights so far; with no parameters before the first point of the curve
 */
record FitCheckpoint(
    String fingerprint,
    long step,
    float[] parameters,
    float[] first,
    float[] second,
    double lossSum,
    long lossCount,
    LearningCurve curve,
    Best best) {
  /**
   * The weights that are kept.
   *
   * @param rows seen by then
   * @param error on environments held out, eV
   * @param parameters of the network
   */
  record Best(long rows, double error, float[] parameters) {
    static final Best NONE = new Best(0, Double.POSITIVE_INFINITY, new float[0]);
  }

  /** Writes a file with a checksum. */
  void write(Path file) throws IOException {
    Files.write(file, sealed());
  }

  private byte[] sealed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(fingerprint);
    out.writeLong(step);
    for (float[] values : List.of(parameters, first, second)) {
      out.writeInt(values.length);
      for (float value : values) {
        out.writeFloat(value);
      }
    }
    out.writeDouble(lossSum);
    out.writeLong(lossCount);
    out.writeInt(curve.points().size());
    for (LearningCurve.Point p : curve.points()) {
      out.writeLong(p.rows());
      out.writeDouble(p.trainingRmse());
      out.writeDouble(p.holdOutRmse());
      out.writeDouble(p.learningRate());
    }
    out.writeLong(best.rows);
    out.writeDouble(best.error);
    out.writeInt(best.parameters.length);
    for (float value : best.parameters) {
      out.writeFloat(value);
    }
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  static FitCheckpoint load(Path file, String fingerprint) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      FitCheckpoint checkpoint = parse(bytes);
      if (!checkpoint.fingerprint.equals(fingerprint)) {
        throw bad("the checkpoint belongs to another table, configuration or seed", file, null);
      }
      return checkpoint;
    } catch (IOException e) {
      throw bad("the checkpoint is damaged", file, e);
    }
  }

  private static FitCheckpoint parse(byte[] bytes) throws IOException {
    int body = bytes.length - Long.BYTES;
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (body < 0 || checksum(bytes, body) != java.nio.ByteBuffer.wrap(bytes).getLong(body)) {
      throw new IOException("wrong checksum");
    }
    return new FitCheckpoint(
        in.readUTF(),
        in.readLong(),
        floats(in),
        floats(in),
        floats(in),
        in.readDouble(),
        in.readLong(),
        curve(in),
        new Best(in.readLong(), in.readDouble(), floats(in)));
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static LearningCurve curve(DataInputStream in) throws IOException {
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      points.add(
          new LearningCurve.Point(
              in.readLong(), in.readDouble(), in.readDouble(), in.readDouble()));
    }
    return new LearningCurve(points);
  }

  private static LatticeLiftException bad(String what, Path file, Throwable cause) {
    return new LatticeLiftException(
        ExitCode.BAD_DATA,
        what,
        file.toString(),
        "the checkpoint of the same training",
        "Start again with --overwrite",
        cause);
  }
}
