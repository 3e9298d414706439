package dev.sidelight.proxy.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A backend made of plain sockets: records every byte that arrives and does what the test says, one
 * virtual thread per connection. Shares no code with the codec under test.
 */
final class RawBackend implements AutoCloseable {

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Behaviour {
    void serve(Connection connection) throws IOException;
  }

  /** One connection, seen from the backend. */
  static final class Connection {
    private final Socket socket;
    private final RawBackend backend;
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile int number;
    private volatile boolean closedByPeer;

    private Connection(RawBackend backend, Socket socket) throws IOException {
      this.backend = backend;
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    /** 1 for the first connection that sent something, 0 before it did. */
    int number() {
      return number;
    }

    private void seen(long n) {
      if (number == 0) {
        number = backend.talked(this);
      }
      backend.bytes.addAndGet(n);
    }

    int read() throws IOException {
      int b;
      try {
        b = in.read();
      } catch (SocketException e) {
        b = -1; // reset: gone like closed
      }
      if (b < 0) {
        closedByPeer = true;
      } else {
        synchronized (received) {
          received.write(b);
        }
        seen(1);
      }
      return b;
    }

    /** Start line to empty line, or what came before the end. */
    String readHead() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        int b = read();
        if (b < 0) {
          return head.toString();
        }
        head.append((char) b);
      }
      return head.toString();
    }

    String read(int n) throws IOException {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < n; i++) {
        int b = read();
        if (b < 0) {
          break;
        }
        text.append((char) b);
      }
      return text.toString();
    }

    /** A chunked body with its trailers, as it stands on the wire. */
    String readChunked() throws IOException {
      StringBuilder text = new StringBuilder();
      while (true) {
        String line = readLine();
        text.append(line);
        int size = Integer.parseInt(line.strip().split(";", -1)[0], 16);
        if (size == 0) {
          String trailer = readLine();
          while (!trailer.equals("\r\n")) {
            text.append(trailer);
            trailer = readLine();
          }
          return text.append("\r\n").toString();
        }
        text.append(read(size + 2));
      }
    }

    String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
        int b = read();
        if (b < 0) {
          return line.toString();
        }
        line.append((char) b);
      }
      return line.toString();
    }

    /** Reads until the other side is gone. */
    void drain() throws IOException {
      byte[] block = new byte[64 << 10];
      while (true) {
        int n;
        try {
          n = in.read(block);
        } catch (SocketException e) {
          n = -1;
        }
        if (n < 0) {
          closedByPeer = true;
          return;
        }
        seen(n);
      }
    }

    /** Reads exactly n bytes without keeping them. */
    void skip(long n) throws IOException {
      in.skipNBytes(n);
      seen(n);
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] block) throws IOException {
      out.write(block);
      out.flush();
    }

    /** Ends with a reset instead of a FIN. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    void shutdownOutput() throws IOException {
      socket.shutdownOutput();
    }

    void receiveBuffer(int bytesMax) throws IOException {
      socket.setReceiveBufferSize(bytesMax);
    }

    String received() {
      synchronized (received) {
        return received.toString(StandardCharsets.ISO_8859_1);
      }
    }

    boolean isClosedByPeer() {
      return closedByPeer;
    }
  }

  private final ServerSocket server;
  private final List<Connection> all = new CopyOnWriteArrayList<>();
  private final List<Connection> talking = new CopyOnWriteArrayList<>();
  private final AtomicLong bytes = new AtomicLong();

  private RawBackend(ServerSocket server) {
    this.server = server;
  }

  static RawBackend start(Behaviour behaviour) {
    return start(0, behaviour);
  }

  static RawBackend start(int port, Behaviour behaviour) {
    return start(InetAddress.getLoopbackAddress(), port, behaviour);
  }

  static RawBackend start(InetAddress at, int port, Behaviour behaviour) {
    try {
      RawBackend backend = new RawBackend(new ServerSocket(port, 100, at));
      Thread.ofVirtual().name("raw-backend").start(() -> backend.accept(behaviour));
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers each request on a connection with the same bytes. */
  static Behaviour answering(String response) {
    return connection -> {
      while (true) {
        String head = connection.readHead();
        if (head.isEmpty()) {
          return;
        }
        readBody(connection, head);
        connection.write(response);
      }
    };
  }

  static String readBody(Connection connection, String head) throws IOException {
    String lower = head.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("transfer-encoding: chunked")) {
      return connection.readChunked();
    }
    int at = lower.indexOf("content-length:");
    if (at < 0) {
      return "";
    }
    String value = lower.substring(at + 15, lower.indexOf('\r', at)).strip();
    return connection.read(Integer.parseInt(value));
  }

  private void accept(Behaviour behaviour) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(this, socket);
        all.add(connection);
        Thread.ofVirtual().name("raw-connection").start(() -> serve(behaviour, connection));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private static void serve(Behaviour behaviour, Connection connection) {
    try (Socket socket = connection.socket) {
      behaviour.serve(connection);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // the peer went first: what it did is what the test looks at
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Those that sent at least a byte, in that order: a probe that only connects is none. */
  List<Connection> connections() {
    return talking;
  }

  private synchronized int talked(Connection connection) {
    talking.add(connection);
    return talking.size();
  }

  /** Every byte that arrived, over all connections. */
  long bytesSeen() {
    return bytes.get();
  }

  /** The same as {@link #close}, in the middle of a test. */
  void stop() {
    close();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Connection connection : all) {
        connection.socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
