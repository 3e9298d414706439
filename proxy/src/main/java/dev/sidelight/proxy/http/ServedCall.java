package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to one of our endpoints: collects its body on the loop, runs the endpoint on a virtual
 * thread, sends what it answers.
 */
final class ServedCall implements RequestSink, Cancellation {

  private final Loop loop;
  private final ClientWriter client;
  private final Route.Serve route;
  private final String requestId;
  private final Outlet outlet;
  private final List<Runnable> onCancel = new ArrayList<>();
  private final long begunNanos;

  private @Nullable Calls calls;
  private @Nullable BodyPipe pipe;
  private byte[] body = new byte[0];
  private int length;
  private long seen;
  private boolean running;
  private boolean refused;
  private boolean over;
  private volatile boolean cancelled;

  ServedCall(Loop loop, ClientWriter client, Route.Serve route, String requestId) {
    this.loop = loop;
    this.client = client;
    this.route = route;
    this.requestId = requestId;
    this.outlet = new Outlet(loop, client);
    this.begunNanos = loop.now();
  }

  void begin(Calls told) {
    calls = told;
    if (route.streaming()) {
      pipe = new BodyPipe(() -> loop.run(client::demand));
    }
    loop.server.calls().increment();
    if ("100-continue".equalsIgnoreCase(String.join("", told.headers("expect")))) {
      client.proceed();
    }
  }

  // --- the request, on the loop

  @Override
  public boolean wantsData() {
    return !refused && (pipe == null || pipe.hasRoom());
  }

  @Override
  public void requestData(ByteBuf data) {
    int more = data.readableBytes();
    seen += more;
    if (refused) {
      data.release();
      return;
    }
    if (seen > route.bytesMax()) {
      data.release();
      refuse(Problems.bodyTooLarge(route.bytesMax(), seen));
      return;
    }
    if (pipe != null) {
      byte[] part = new byte[more];
      data.readBytes(part).release();
      pipe.offer(part);
      return;
    }
    if (length + more > body.length) {
      body = Arrays.copyOf(body, Math.max(length + more, Math.min(2 * body.length, 1 << 30)));
    }
    data.readBytes(body, length, more).release();
    length += more;
  }

  @Override
  public void requestEnd(Fields trailers) {
    if (pipe != null) {
      pipe.end();
    } else if (!refused) {
      run();
    }
  }

  @Override
  public void requestRead() {
    if (pipe != null && !running && !refused) {
      run();
    }
  }

  @Override
  public void requestBroken(Refusal refusal) {
    refuse(Problems.of(refusal));
  }

  @Override
  public void requestSlow() {
    refuse(Problems.SLOW_BODY);
  }

  private void refuse(Problem problem) {
    if (refused) {
      return;
    }
    refused = true;
    loop.server.metrics().refused(problem.code());
    if (pipe != null) {
      pipe.fail(new ProblemException(problem));
    }
    if (!running) {
      client.refuse(problem, requestId, Map.of());
    }
  }

  // --- the endpoint, on a virtual thread

  private void run() {
    Calls told = calls;
    if (told == null) {
      return;
    }
    running = true;
    Call call =
        pipe == null
            ? told.with(length == body.length ? body : Arrays.copyOf(body, length), this)
            : told.with(pipe, this);
    body = new byte[0];
    Thread.ofVirtual().name("sidelight-call").start(() -> answer(call));
  }

  private void answer(Call call) {
    Answer answer;
    try {
      answer = route.endpoint().answer(call);
    } catch (Exception e) {
      Problem problem = Problems.of(e);
      if (problem.status() == 500) {
        loop.server.unexpected(e);
      }
      onLoop(
          () -> {
            loop.server.metrics().refused(problem.code());
            client.refuse(problem, requestId, Map.of());
          });
      return;
    }
    Map<String, String> fields =
        new LinkedHashMap<>(loop.server.routes().headers(client.listener()));
    fields.put("x-request-id", requestId);
    fields.putAll(answer.headers());
    boolean bodiless = call.method().equals("HEAD");
    switch (answer) {
      case Answer.Whole whole ->
          onLoop(() -> client.whole(whole.status(), fields, whole.body(), false));
      case Answer.Streamed streamed -> stream(streamed, fields, bodiless);
      case Answer.Events events -> {
        fields.putIfAbsent("Content-Type", "text/event-stream");
        fields.putIfAbsent("Cache-Control", "no-store");
        if (bodiless) {
          onLoop(() -> client.whole(200, fields, new byte[0], false));
        } else {
          begin(200, fields);
          feed(events);
        }
      }
    }
  }

  private void begin(int status, Map<String, String> fields) {
    loop.run(
        () -> {
          if (!over) {
            client.streamed(status, fields);
            client.flush();
          }
        });
  }

  private void feed(Answer.Events events) {
    try {
      events.feed().accept(new OutletEvents(outlet));
      outlet.end();
    } catch (RuntimeException e) {
      loop.server.unexpected(e);
      outlet.abort();
    }
  }

  private void stream(Answer.Streamed streamed, Map<String, String> fields, boolean bodiless) {
    try (InputStream in = streamed.body()) {
      if (bodiless) {
        onLoop(() -> client.whole(streamed.status(), fields, new byte[0], false));
        return;
      }
      begin(streamed.status(), fields);
      byte[] block = new byte[16 << 10];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        if (!outlet.write(Arrays.copyOf(block, n))) {
          return;
        }
      }
      outlet.end();
    } catch (IOException | RuntimeException e) {
      loop.server.unexpected(e);
      outlet.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outlet.abort();
    }
  }

  private void onLoop(Runnable action) {
    loop.run(
        () -> {
          if (!over) {
            action.run();
          }
        });
  }

  // --- the end

  @Override
  public void clientGone() {
    over();
    cancelled = true;
    outlet.close();
    if (pipe != null) {
      pipe.fail(new ProblemException(Problem.of(400, "client_closed", "the client has gone")));
    }
    List<Runnable> actions;
    synchronized (onCancel) {
      actions = List.copyOf(onCancel);
      onCancel.clear();
    }
    // they may block: never on the loop
    actions.forEach(action -> Thread.ofVirtual().name("sidelight-cancel").start(action));
  }

  @Override
  public void clientWritable() {
    outlet.writable();
  }

  @Override
  public void sent() {
    over();
    outlet.close();
  }

  private void over() {
    if (!over) {
      over = true;
      loop.server.calls().decrement();
      String model = calls == null ? "" : calls.parameters().getOrDefault("model", "");
      if (route.role() == Principal.Role.EXPLAIN && !model.isEmpty()) { // not who asks for a job
        loop.server.explained(model, loop.now() - begunNanos);
      }
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (onCancel) {
      if (!cancelled) {
        onCancel.add(action);
        return;
      }
    }
    action.run();
  }
}
