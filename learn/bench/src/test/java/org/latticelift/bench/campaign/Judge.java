package org.latticelift.bench.campaign;

import com.sun.management.ThreadMXBean;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.latticelift.app.cli.CommandLines;
import org.latticelift.app.cli.ReusedLine;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Runs a command in this process and says what is wrong with the way it ends: it takes too long or
 * too much memory, ends with another exit code than those of user errors, or says anything but one
 * line with what, where, what is allowed and what to do.
 *
 * @param codes allowed exit codes
 * @param seconds that it may take
 */
record Judge(Set<Integer> codes, int seconds) {
  /** What a user waits for an answer about a small file. */
  private static final int PATIENCE_SECONDS = 10;

  /** What may be allocated, in all, for a case; files have at most a few hundred kilobytes. */
  private static final long MOST_BYTES = 1L << 30;

  private static final String LINE = "latticelift: .+ \\(.*\\): .+\\. .+\n";
  private static final int SHOWN = 700;
  private static final AtomicReference<ReusedLine> LINES = new AtomicReference<>();

  /** What is done with a file. */
  interface Use {
    /** Reads the file, tells errors, and returns the exit code. */
    int run(PrintWriter err);

    /** A command. */
    static Use command(String... args) {
      return err -> {
        ReusedLine line = LINES.getAndSet(null); // one that hangs is not given back
        ReusedLine own = line == null ? new ReusedLine() : line;
        TinyRun.Outcome outcome = own.run(args);
        err.print(outcome.err());
        err.flush();
        LINES.set(own);
        return outcome.code();
      };
    }

    /** A reader that no command calls alone. */
    static Use reader(Runnable read) {
      return err -> {
        try {
          read.run();
          return 0;
        } catch (LatticeLiftException e) {
          return CommandLines.report(e, err);
        }
      };
    }
  }

  /**
   * How a use has ended.
   *
   * @param code exit code; -1 where it did not end
   * @param err what it has said on standard error
   * @param finding what is wrong
   */
  record Verdict(int code, String err, Optional<String> finding) {
    static Verdict wrong(int code, String err, String what) {
      String shown = err.length() > SHOWN ? err.substring(0, SHOWN) + "..." : err;
      return new Verdict(code, err, Optional.of(what + ", code " + code + ", " + shown));
    }
  }

  static Judge allowing(Integer... codes) {
    return new Judge(Set.of(codes), PATIENCE_SECONDS);
  }

  /** Uses a file once. */
  Verdict judge(Use use) throws InterruptedException {
    StringWriter err = new StringWriter();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[1];
    FutureTask<Integer> task =
        new FutureTask<>(
            () -> {
              long id = Thread.currentThread().getId();
              int code = use.run(new PrintWriter(err, true));
              allocated[0] = threads.getThreadAllocatedBytes(id);
              return code;
            });
    Thread thread = new Thread(task, "case");
    thread.setDaemon(true);
    thread.start();
    try {
      return verdict(task.get(seconds, TimeUnit.SECONDS), err.toString(), allocated[0]);
    } catch (TimeoutException e) {
      String where = Arrays.toString(thread.getStackTrace());
      return Verdict.wrong(-1, err.toString(), "hangs in " + where);
    } catch (ExecutionException e) {
      String where = Arrays.toString(e.getCause().getStackTrace());
      return Verdict.wrong(-1, err.toString(), "throws " + e.getCause() + " in " + where);
    }
  }

  private Verdict verdict(int code, String err, long allocated) {
    if (!codes.contains(code)) {
      return Verdict.wrong(code, err, "exit code");
    }
    if (allocated > MOST_BYTES) {
      return Verdict.wrong(code, err, "allocates " + (allocated >> 20) + " MiB");
    }
    if (code != 0 && !lastLine(err).matches(LINE)) {
      return Verdict.wrong(code, err, "not one line of what, where, allowed, remedy");
    }
    if (err.contains("\tat ") || err.contains("Exception")) {
      return Verdict.wrong(code, err, "a trace");
    }
    if (err.replace("\n", "").matches("(?s).*\\p{Cntrl}.*")) {
      return Verdict.wrong(code, err, "bytes that control a terminal");
    }
    return new Verdict(code, err, Optional.empty());
  }

  /** Warnings may stand before the error. */
  private static String lastLine(String err) {
    return err.substring(err.lastIndexOf('\n', err.length() - 2) + 1);
  }
}
