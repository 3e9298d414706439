package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Instances;

/**
 * One protocol's bytes &lt;-&gt; {@link Instances}. Stateless and thread-safe; never on an event
 * loop.
 */
public interface InferenceCodec {

  /**
   * @throws CodecException when the body is not a request of this protocol or exceeds a limit
   */
  InferenceRequest decodeRequest(Body body);

  /**
   * A predict body that asks what {@code like} asked, for other rows. The values keep their wire
   * types.
   *
   * @param synthetic marks the body as perturbed rows where the protocol has a place for it
   * @param id goes where the protocol has an id; empty for none
   */
  byte[] encodeRequest(Instances rows, Envelope like, String id, boolean synthetic);

  /**
   * As {@link #encodeRequest}, in the form the server reads best.
   *
   * @param binary the server has said that it takes tensors as raw bytes
   */
  default Body encode(Instances rows, Envelope like, String id, boolean synthetic, boolean binary) {
    return Body.json(encodeRequest(rows, like, id, synthetic));
  }

  /** The outputs, named as the protocol names them. */
  Instances decodeResponse(Body body);

  /**
   * The version of the model that gave an answer, where the answer tells it; else empty.
   *
   * @throws CodecException when the body is not of this protocol
   */
  default String revision(Body response) {
    return "";
  }
}
