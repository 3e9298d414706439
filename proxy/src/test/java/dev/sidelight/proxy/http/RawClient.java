package dev.sidelight.proxy.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client made of one plain socket: sends bytes as they are, reads answers with a few lines. */
final class RawClient implements AutoCloseable {

  /**
   * One answer.
   *
   * @param body without chunk framing
   * @param trailers raw lines, empty for none
   * @param clean the body ended where its framing says
   */
  record Response(int status, String head, String body, String trailers, boolean clean) {

    String field(String name) {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }

  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  static RawClient to(int port) throws IOException {
    return to(port, 0);
  }

  /**
   * @param receiveBuffer 0 for the system's own
   */
  static RawClient to(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new RawClient(socket);
  }

  static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  boolean hasInput() throws IOException {
    return in.available() > 0;
  }

  int read() throws IOException {
    return in.read();
  }

  int read(byte[] block) throws IOException {
    return in.read(block);
  }

  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return head.toString();
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /** The next final or interim answer. */
  Response response() throws IOException {
    return response(false);
  }

  Response response(boolean toHead) throws IOException {
    String head = readHead();
    if (head.length() < 12) {
      return new Response(0, head, "", "", false);
    }
    int status = Integer.parseInt(head.substring(9, 12));
    Response start = new Response(status, head, "", "", true);
    if (toHead || status < 200 || status == 204 || status == 304) {
      return start;
    }
    if (start.field("transfer-encoding").equals("chunked")) {
      return chunked(start);
    }
    String length = start.field("content-length");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (length.isEmpty()) {
      boolean clean = copy(body, Long.MAX_VALUE);
      return new Response(status, head, text(body), "", clean);
    }
    long n = Long.parseLong(length);
    copy(body, n);
    return new Response(status, head, text(body), "", body.size() == n);
  }

  private Response chunked(Response start) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    StringBuilder trailers = new StringBuilder();
    while (true) {
      String line = readLine();
      if (line.isEmpty()) {
        return new Response(start.status(), start.head(), text(body), "", false);
      }
      int size = Integer.parseInt(line.strip(), 16);
      if (size == 0) {
        for (String t = readLine(); !t.equals("\r\n"); t = readLine()) {
          if (t.isEmpty()) {
            return new Response(start.status(), start.head(), text(body), "", false);
          }
          trailers.append(t);
        }
        return new Response(start.status(), start.head(), text(body), trailers.toString(), true);
      }
      int before = body.size();
      copy(body, size);
      readLine();
      if (body.size() - before < size) {
        return new Response(start.status(), start.head(), text(body), "", false);
      }
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      line.append((char) b);
    }
    return line.toString();
  }

  /** True if the end was a clean one. */
  private boolean copy(ByteArrayOutputStream into, long n) throws IOException {
    byte[] block = new byte[16 << 10];
    long left = n;
    try {
      while (left > 0) {
        int got = in.read(block, 0, (int) Math.min(block.length, left));
        if (got < 0) {
          return true;
        }
        into.write(block, 0, got);
        left -= got;
      }
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the server has closed: at once or within the time given. */
  boolean isClosed(int withinMillis) throws IOException {
    socket.setSoTimeout(withinMillis);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
