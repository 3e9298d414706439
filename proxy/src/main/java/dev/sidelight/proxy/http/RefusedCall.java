package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/** A request that is answered with a problem as soon as what came with its head is judged. */
final class RefusedCall implements RequestSink {

  private final ClientWriter client;
  private final String requestId;
  private final Map<String, String> more;
  private Problem problem;
  private boolean answered;

  /**
   * @param more fields of the answer beside the usual ones
   */
  RefusedCall(ClientWriter client, Problem problem, String requestId, Map<String, String> more) {
    this.client = client;
    this.problem = problem;
    this.requestId = requestId;
    this.more = more;
  }

  @Override
  public boolean wantsData() {
    return false;
  }

  @Override
  public void requestData(ByteBuf data) {
    data.release();
  }

  @Override
  public void requestEnd(Fields trailers) {
    // the answer comes with requestRead
  }

  @Override
  public void requestRead() {
    if (!answered) {
      answered = true;
      client.refuse(problem, requestId, more);
    }
  }

  @Override
  public void requestBroken(Refusal refusal) {
    problem = Problems.of(refusal);
  }

  @Override
  public void requestSlow() {
    // it is answered already
  }

  @Override
  public void clientGone() {
    // nothing is held
  }

  @Override
  public void clientWritable() {
    // nothing is streamed
  }

  @Override
  public void sent() {
    // nothing is held
  }
}
