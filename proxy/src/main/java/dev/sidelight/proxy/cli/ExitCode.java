package dev.sidelight.proxy.cli;

/** What the process says when it ends. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
