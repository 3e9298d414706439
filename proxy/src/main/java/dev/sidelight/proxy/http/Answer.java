package dev.sidelight.proxy.http;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

/** What an endpoint says. */
public sealed interface Answer {

  int status();

  Map<String, String> headers();

  /** A whole body. */
  record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {
    public Whole {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Server-sent events: {@code feed} is given the stream on a virtual thread and writes until it
   * closes.
   */
  record Events(Map<String, String> headers, Consumer<EventStream> feed) implements Answer {
    public Events {
      headers = Map.copyOf(headers);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /** A body that is read while it is sent; closed at the end. */
  record Streamed(int status, Map<String, String> headers, InputStream body) implements Answer {
    public Streamed {
      headers = Map.copyOf(headers);
    }
  }

  static Answer json(int status, byte[] body) {
    return new Whole(status, Map.of("Content-Type", "application/json"), body);
  }
}
