package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One forwarded request and its answer: between a client's stream and a backend's. Lives on one
 * loop and is reused; every way out passes {@link #finish} once.
 */
final class Exchange implements RequestSink, Borrower {

  private static final int INFORMATIONAL_MAX = 16;

  private enum State {
    IDLE,
    /** The head is parsed; what came with it is being judged. */
    HEAD,
    FORWARDING,
    AWAIT_RESPONSE,
    STREAMING,
    /** The answer is whole; the client has not taken all of it. */
    FLUSHING,
    DONE
  }

  private final Loop loop;
  private final Head head = new Head();
  private final Capture capture;
  private final ExchangeTimes times = new ExchangeTimes();
  private final Ahead ahead = new Ahead();
  private final ExchangeClock clock;
  private final Loan loan;
  private RoutePolicy policy;

  private State state = State.IDLE;
  private @Nullable ClientStream client;
  private @Nullable TrafficMetrics metrics;
  private @Nullable Fields trailers;
  private final ExchangeIds ids = new ExchangeIds();
  private boolean requestWhole;
  private boolean requestBegun;
  private boolean admitted;
  private boolean responseBegun;
  private boolean proceeded;
  private int informational;
  private int status;
  private long requestBytes;
  private long responseBytes;
  private Outcome outcome = Outcome.SUCCESS;

  Exchange(Loop loop) {
    this.loop = loop;
    this.capture = new Capture(loop);
    this.clock = new ExchangeClock(loop, this);
    this.loan = new Loan(loop, this);
    this.policy = loop.server.policy();
  }

  /** Filled by the connection before {@link #begin}. */
  Head head() {
    return head;
  }

  // --- the request

  /** Takes charge of the request whose head has been parsed. Nothing is sent yet. */
  void begin(
      ClientStream from, Route.Forward to, Capture.Subject subject, TrafficMetrics counters) {
    state = State.HEAD;
    client = from;
    policy = to.policy();
    clock.begin(policy);
    loan.begin(loop.server.state(to.targets().get(0).backend()));
    metrics = counters;
    ids.begin(loop.ids.next(), head.fields());
    times.begin(loop.server.wiring().wallMicros().getAsLong(), loop.now());
    requestWhole = false;
    requestBegun = false;
    admitted = false;
    responseBegun = false;
    proceeded = false;
    informational = 0;
    status = 0;
    requestBytes = 0;
    responseBytes = 0;
    trailers = null;
    outcome = Outcome.SUCCESS;
    capture.begin(ids.id(), head, to, subject);
  }

  @Override
  public RoutePolicy.Waits waits() {
    return policy.waits();
  }

  @Override
  public boolean wantsData() {
    BackendStream stream = loan.stream();
    return stream == null ? ahead.hasRoom() : !responseBegun && stream.isWritable();
  }

  @Override
  public void requestData(ByteBuf data) {
    requestBytes += data.readableBytes();
    if (state == State.DONE || responseBegun) {
      data.release();
      return;
    }
    capture.request(data);
    if (isOverLimit()) {
      data.release();
      return;
    }
    BackendStream stream = loan.stream();
    if (stream == null) {
      ahead.add(data);
    } else {
      stream.data(data);
    }
  }

  private boolean isOverLimit() {
    long max = policy.requestBytesMax();
    if (max == 0 || requestBytes <= max) {
      return false;
    }
    fail(Problems.bodyTooLarge(max, requestBytes), Outcome.CLIENT_ERROR);
    return true;
  }

  @Override
  public void requestEnd(Fields ending) {
    requestWhole = true;
    trailers = ending;
    BackendStream stream = loan.stream();
    if (stream != null && !responseBegun && requestBegun) {
      stream.end(ending);
    }
  }

  @Override
  public void requestRead() {
    switch (state) {
      case HEAD -> start();
      case FORWARDING -> {
        BackendStream stream = loan.stream();
        if (stream != null) {
          stream.flush();
          clock.progress(loop.now());
        }
        awaitIfWhole();
      }
      default -> {
        // nothing of this read concerns the backend
      }
    }
  }

  /** Everything that came with the head is in order: now it counts. */
  private void start() {
    state = State.FORWARDING;
    capture.admit();
    admitted = true;
    if (metrics != null) {
      metrics.began();
    }
    loan.ask(null);
    if (head.expectContinue() && !requestWhole && state == State.FORWARDING) {
      clock.expect(loop.now());
    }
  }

  @Override
  public void lent(BackendStream lent, BackendAddress from) {
    loan.answered();
    ClientStream to = client;
    if (state == State.DONE || to == null) {
      lent.giveBack(false);
      return;
    }
    loan.holds(lent, from);
    Refusal refusal = lent.request(head, to.peer(), ids.added());
    if (refusal != null) {
      loan.decline();
      fail(Problems.of(refusal), Outcome.CLIENT_ERROR);
      return;
    }
    requestBegun = true;
    times.sent(loop.now());
    loan.sent();
    ahead.sendTo(lent);
    if (requestWhole) {
      lent.end(trailers);
    }
    lent.flush();
    awaitIfWhole();
    to.demand();
  }

  private void awaitIfWhole() {
    if (requestWhole && requestBegun && state == State.FORWARDING) {
      state = State.AWAIT_RESPONSE;
    }
    if (state == State.FORWARDING || state == State.AWAIT_RESPONSE) {
      clock.response(loop.now());
    }
  }

  @Override
  public void notLent(NoStream why, BackendAddress from) {
    loan.answered();
    if (state == State.DONE || loan.asksAgain(why, from)) {
      return;
    }
    if (why == NoStream.REFUSED || why == NoStream.CONNECT_TIMEOUT) {
      loop.server.circuitFailed(from);
    }
    fail(
        Problems.of(why),
        why == NoStream.REFUSED || why == NoStream.CIRCUIT_OPEN
            ? Outcome.BACKEND_UNREACHABLE
            : Outcome.TIMEOUT);
  }

  @Override
  public void backendWritable() {
    if (client != null && state == State.FORWARDING) {
      clock.progress(loop.now());
      client.demand();
    }
  }

  // --- the client's faults

  @Override
  public void requestBroken(Refusal refusal) {
    fail(Problems.of(refusal), Outcome.CLIENT_ERROR);
  }

  @Override
  public void requestSlow() {
    fail(Problems.SLOW_BODY, Outcome.CLIENT_ERROR);
  }

  @Override
  public void clientGone() {
    if (state == State.DONE || state == State.IDLE) {
      return;
    }
    outcome = Outcome.CLIENT_CLOSED;
    capture.truncated(Truncation.CLIENT_CLOSED, requestWhole);
    loop.server.metrics().clientClosed().increment();
    finish();
  }

  // --- the answer

  @Override
  public boolean wantsResponseData() {
    return client != null && (client.isWritable() || !responseBegun);
  }

  @Override
  public void informational(Head interim) {
    if (++informational > INFORMATIONAL_MAX) {
      badResponse("more than " + INFORMATIONAL_MAX + " interim answers");
      return;
    }
    clock.proceeded();
    if (client != null && !(interim.status() == 100 && proceeded)) {
      client.informational(interim);
      client.flush();
    }
  }

  /** The backend does not say 100: we do. */
  void proceed() {
    if (client != null && !requestWhole && requestBytes == 0) {
      proceeded = true;
      client.proceed();
    }
  }

  @Override
  public void responseHead(Head answer) {
    loan.succeeded();
    responseBegun = true;
    state = State.STREAMING;
    status = answer.status();
    long now = loop.now();
    times.firstByte(now);
    capture.responseHead(answer);
    clock.streaming(now, Names.isEventStream(answer.fields()));
    if (client != null) {
      boolean early = !requestWhole;
      client.respond(answer, ids.added(), early);
    }
  }

  @Override
  public void responseData(ByteBuf data) {
    responseBytes += data.readableBytes();
    capture.response(data);
    if (client == null) {
      data.release();
    } else {
      client.data(data);
    }
  }

  @Override
  public void responseRead() {
    if (client != null && state == State.STREAMING) {
      clock.progress(loop.now());
      client.flush();
    }
  }

  @Override
  public void responseEnd(Fields ending, boolean reusable) {
    state = State.FLUSHING;
    clock.stop();
    times.lastByte(loop.now());
    giveBack(reusable && requestWhole);
    outcome =
        status < 400 ? Outcome.SUCCESS : status < 500 ? Outcome.CLIENT_ERROR : Outcome.SERVER_ERROR;
    if (client != null) {
      client.end(ending);
    }
  }

  @Override
  public void sent() {
    if (state != State.DONE && state != State.IDLE) {
      finish();
    }
  }

  @Override
  public void clientWritable() {
    BackendStream stream = loan.stream();
    if (stream != null) {
      stream.demand();
    }
  }

  // --- the backend's faults

  @Override
  public void responseBroken(Refusal refusal) {
    badResponse(refusal.code());
  }

  private void badResponse(String detail) {
    if (responseBegun) {
      abort();
    } else {
      fail(Problems.badResponse(detail), Outcome.BACKEND_UNREACHABLE);
    }
  }

  @Override
  public void backendGone() {
    if (responseBegun) {
      abort();
      return;
    }
    // a safe request without a body may have met a connection that was just being closed
    if (Names.isRepeatable(head) && informational == 0 && loan.mayRepeat()) {
      requestBegun = false;
      state = State.FORWARDING;
      loan.repeat(times.upstreamMicros(loop.now()));
      return;
    }
    loan.failed();
    fail(Problems.BACKEND_RESET, Outcome.BACKEND_UNREACHABLE);
  }

  /** The backend broke off inside the body: the client must not see a clean end. */
  private void abort() {
    outcome = Outcome.TRUNCATED_UPSTREAM;
    capture.truncated(Truncation.BACKEND_RESET, true);
    ClientStream to = client;
    finish();
    if (to != null) {
      to.reset();
    }
  }

  /** No answer, or no more of it, in time. */
  void timedOut() {
    if (responseBegun) {
      abort();
    } else {
      fail(Problems.BACKEND_TIMEOUT, Outcome.TIMEOUT);
    }
  }

  // --- the end

  private void fail(Problem problem, Outcome how) {
    if (state == State.DONE) {
      return;
    }
    if (responseBegun) {
      outcome = how;
      ClientStream to = client;
      finish();
      if (to != null) {
        to.reset();
      }
      return;
    }
    boolean refused = state == State.HEAD;
    if (refused) {
      capture.discard();
    }
    loop.server.metrics().refused(problem.code());
    outcome = how;
    status = problem.status();
    responseBegun = true;
    state = State.FLUSHING;
    clock.stop();
    giveBack(/* reusable= */ false);
    ClientStream to = client;
    if (to != null) {
      byte[] text = to.text(problem, ids.requestId());
      capture.ownAnswer(text);
      to.answer(problem, text, ids.requestId(), !requestWhole);
    }
  }

  private void giveBack(boolean reusable) {
    if (loan.isOpen()) {
      loan.giveBack(reusable, times.upstreamMicros(loop.now()));
    }
  }

  private void finish() {
    state = State.DONE;
    clock.stop();
    giveBack(/* reusable= */ false);
    ahead.release();
    long now = loop.now();
    if (metrics != null && admitted) {
      metrics.ended(outcome, times, now, requestBytes, responseBytes);
    }
    capture.finish(outcome, status, requestBytes, responseBytes, times, now);
    client = null;
    metrics = null;
    loan.end();
    trailers = null;
  }
}
