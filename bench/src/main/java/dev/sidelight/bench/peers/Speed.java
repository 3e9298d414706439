package dev.sidelight.bench.peers;

import dev.sidelight.bench.Directory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CPU per event at full speed: the contenders take turns in blocks, forwards and backwards. */
final class Speed {

  private static final int GROUP = 256;
  private static final int WARM_UP = 60_000;
  private static final int BLOCK = 40_000;
  private static final int ROUNDS = 6;

  private Speed() {}

  private static final class Run {
    final Contender contender;
    final Path dir;
    final Contender.Writing log;
    final byte[][] events = new byte[GROUP][];
    final List<Double> writer = new ArrayList<>();
    final List<Double> process = new ArrayList<>();
    final List<Double> rate = new ArrayList<>();
    final List<Double> perSync = new ArrayList<>();

    Run(Contender contender) throws Exception {
      this.contender = contender;
      this.dir = Files.createTempDirectory("spool-speed");
      this.log = contender.open(dir);
      for (int i = 0; i < GROUP; i++) {
        events[i] = Sample.event(i);
      }
    }

    /** Every event is an array of its own, as bodies are, but made before the clock starts. */
    void write(int n) throws Exception {
      for (int i = 0; i < n; i++) {
        log.append(events[i % GROUP]);
        if (i % GROUP == GROUP - 1) {
          log.commit();
        }
      }
      log.commit();
      log.settle();
    }

    void measure() throws Exception {
      long syncs = log.syncs();
      long wall = System.nanoTime();
      long cpu = log.writerNanos();
      long all = ThreadCpu.process();
      write(BLOCK);
      process.add((ThreadCpu.process() - all) / 1e3 / BLOCK);
      writer.add((log.writerNanos() - cpu) / 1e3 / BLOCK);
      rate.add(BLOCK / ((System.nanoTime() - wall) / 1e9));
      perSync.add(syncs < 0 ? GROUP : BLOCK / (double) (log.syncs() - syncs));
    }

    void close() throws Exception {
      log.close();
      Directory.delete(dir);
    }
  }

  static void run(List<Contender> contenders) throws Exception {
    List<Run> runs = new ArrayList<>();
    for (Contender contender : contenders) {
      Run run = new Run(contender);
      run.write(WARM_UP);
      runs.add(run);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Run run : round % 2 == 0 ? runs : runs.reversed()) {
        run.measure();
      }
    }
    System.out.printf(
        "%-34s %12s %12s %12s %12s%n",
        "1 KB events, median of " + ROUNDS + " blocks",
        "writer us",
        "process us",
        "per sync",
        "events/s");
    for (Run run : runs) {
      System.out.printf(
          Locale.ROOT,
          "%-34s %12.2f %12.2f %12.0f %12.0f%n",
          run.contender.name(),
          median(run.writer),
          median(run.process),
          median(run.perSync),
          median(run.rate));
      run.close();
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
