package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.codec.Envelope;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.Backend;
import dev.sidelight.explainers.gateway.BatchKey;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Sends the gateway's batches to a model server over HTTP. */
final class HttpBackend implements Backend {

  /**
   * Everything of a request but its rows, and the protocol it was written in.
   *
   * @param protocol {@code v1} or {@code v2}
   */
  record Wire(String protocol, Envelope envelope) {}

  private final ServedModel model;
  private final ModelClient client;
  private final Function<String, InferenceCodec> codecs;
  private final boolean rawTensors;

  private final AtomicLong sent = new AtomicLong();

  /**
   * @param rawTensors the server takes tensors as raw bytes
   */
  HttpBackend(
      ServedModel model,
      ModelClient client,
      Function<String, InferenceCodec> codecs,
      boolean rawTensors) {
    this.model = model;
    this.rawTensors = rawTensors;
    this.client = client;
    this.codecs = codecs;
  }

  /** Fresh within this process: it tells batches apart in the model server's log. */
  private String nextId() {
    return "sidelight-" + sent.incrementAndGet();
  }

  @Override
  public Instances predict(BatchKey key, Instances rows, long timeoutMillis) {
    Wire wire = (Wire) key.envelope();
    InferenceCodec codec = codecs.apply(wire.protocol());
    Body body = codec.encode(rows, wire.envelope(), nextId(), true, rawTensors);
    Body answer =
        client.predict(
            model,
            at -> at.predictUri(wire.protocol(), key.revision()),
            body,
            (CallScope) key.scope(),
            timeoutMillis);
    try {
      return codec.decodeResponse(answer);
    } catch (CodecException e) {
      throw new PredictorException(
          Kind.BAD_RESPONSE, "the model server's answer cannot be read: " + e.getMessage());
    }
  }
}
