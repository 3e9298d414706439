package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.client.ClientException;

/** What the process says when it ends. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int SPENT = 4;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(ClientException.Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> UNREACHABLE;
      case USAGE -> USAGE;
      case SPENT -> SPENT;
      case FAILED -> FAILED;
    };
  }
}
