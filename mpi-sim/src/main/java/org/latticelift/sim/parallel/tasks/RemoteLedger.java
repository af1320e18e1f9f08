package org.latticelift.sim.parallel.tasks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latticelift.io.run.directory.Ledger;

/**
 * The list of committed files on another rank than the first: as the first one had it when this
 * rank came to the present phase, and what tasks of this rank have done since.
 */
final class RemoteLedger implements Ledger {
  private final TaskClient line;
  private Map<String, String> checksums = new TreeMap<>();

  RemoteLedger(TaskClient line) {
    this.line = line;
  }

  synchronized void replace(Message answer) {
    if (answer.content().length > 0) {
      checksums = FileList.decode(answer.text());
    }
  }

  @Override
  public synchronized Optional<String> checksum(String name) {
    return Optional.ofNullable(checksums.get(name));
  }

  @Override
  public synchronized Map<String, String> checksums() {
    return new TreeMap<>(checksums);
  }

  @Override
  public void announce(String name, String checksum) throws IOException {
    call(Message.of(Kind.ANNOUNCE, line.stop().requested(), 0, FileList.line(name, checksum)));
  }

  @Override
  public void put(String name, String checksum) throws IOException {
    call(Message.of(Kind.PUT, line.stop().requested(), 0, FileList.line(name, checksum)));
    synchronized (this) {
      checksums.put(name, checksum);
    }
  }

  @Override
  public void remove(String name) throws IOException {
    if (checksum(name).isPresent()) {
      call(Message.of(Kind.REMOVE, line.stop().requested(), 0, name));
      synchronized (this) {
        checksums.remove(name);
      }
    }
  }

  private void call(Message message) throws IOException {
    try {
      Message answer = line.ask(message);
      if (answer.number() != 0) {
        throw new IOException("the first rank cannot record it: " + answer.text());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
