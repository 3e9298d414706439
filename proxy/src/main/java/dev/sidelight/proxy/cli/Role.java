package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.http.Listener;

/** Something that listens until it is closed. */
interface Role extends AutoCloseable {

  /** The port a listener got. */
  int port(Listener listener);

  @Override
  void close();
}
