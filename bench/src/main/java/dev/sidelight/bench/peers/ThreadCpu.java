package dev.sidelight.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** User and system time, nanoseconds. */
final class ThreadCpu {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ThreadCpu() {}

  static long current() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Of all live threads whose name begins so. */
  static long of(String namePrefix) {
    long nanos = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(namePrefix)) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(thread.threadId()));
      }
    }
    return nanos;
  }

  static long process() {
    return PROCESS.getProcessCpuTime();
  }

  /** Heap bytes the calling thread has allocated. */
  static long allocated() {
    return THREADS instanceof com.sun.management.ThreadMXBean counting
        ? counting.getCurrentThreadAllocatedBytes()
        : -1;
  }
}
