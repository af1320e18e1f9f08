package org.latticelift.bench.command;

import java.util.concurrent.CompletableFuture;
import org.latticelift.app.cli.SharedCommand;
import org.latticelift.bench.speed.CommunicatorSpeed;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import picocli.CommandLine.Command;

/** Message passing between the ranks of this job, or between two threads where it has one. */
@Command(
    name = "communicator",
    description =
        "Time of messages between ranks; --np and --transport before the command choose them"
            + " (default: two local ones).")
public final class BenchCommunicatorCommand extends BenchmarkCommand implements SharedCommand {
  @Override
  protected Object measure() {
    Communicator ranks = ranks().communicator();
    CommunicatorSpeed speed =
        ranks.size() > 1 ? CommunicatorSpeed.measure(ranks) : betweenThreads();
    print(
        "%s, %d ranks: message of 8 bytes %.2f us, of 1 MiB %.1f GB/s; 26 neighbours with 64 bytes"
            + " %.1f us; largest of all ranks %.2f us",
        speed.transport(),
        speed.ranks(),
        speed.messageMicros(),
        speed.gigabytesPerSecond(),
        speed.exchangeMicros(),
        speed.allReduceMicros());
    return speed;
  }

  private static CommunicatorSpeed betweenThreads() {
    Communicator[] two = LocalRanks.open(2);
    CompletableFuture<CommunicatorSpeed> other =
        CompletableFuture.supplyAsync(() -> CommunicatorSpeed.measure(two[1]));
    CommunicatorSpeed speed = CommunicatorSpeed.measure(two[0]);
    other.join();
    return speed;
  }
}
