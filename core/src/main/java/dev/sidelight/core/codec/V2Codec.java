package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Instances;

/** Protocol v2. */
public final class V2Codec implements InferenceCodec {

  private final CodecLimits limits;

  public V2Codec(CodecLimits limits) {
    this.limits = limits;
  }

  @Override
  public InferenceRequest decodeRequest(Body body) {
    if (limits.rowsMax() > 0) {
      throw new UnsupportedOperationException(limits.toString());
    }
    return new InferenceRequest(decodeResponse(body), new Envelope() {}, "", java.util.Map.of());
  }

  @Override
  public byte[] encodeRequest(Instances rows, Envelope like, String id, boolean synthetic) {
    return new byte[limits.rowsMax()];
  }

  @Override
  public Instances decodeResponse(Body body) {
    if (limits.rowsMax() > 0) {
      throw new UnsupportedOperationException(limits.toString());
    }
    return decodeRequest(body).instances();
  }
}
