package dev.sidelight.proxy.http;

import java.nio.charset.StandardCharsets;

/** Server-sent events over an {@link Outlet}. */
record OutletEvents(Outlet outlet) implements EventStream {

  @Override
  public boolean send(String id, String event, String data) throws InterruptedException {
    StringBuilder text = new StringBuilder(data.length() + 64);
    if (!id.isEmpty()) {
      text.append("id: ").append(oneLine(id)).append('\n');
    }
    if (!event.isEmpty()) {
      text.append("event: ").append(oneLine(event)).append('\n');
    }
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      text.append("data:\n");
    }
    return outlet.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean comment(String text) throws InterruptedException {
    return outlet.write((": " + oneLine(text) + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  @Override
  public void onClose(Runnable action) {
    outlet.onClose(action);
  }

  @Override
  public void close() {
    outlet.end();
  }

  @Override
  public void abort() {
    outlet.abort();
  }
}
