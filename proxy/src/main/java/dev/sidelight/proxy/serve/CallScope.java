package dev.sidelight.proxy.serve;

import java.util.Map;

/**
 * What a caller's request lends to the calls made for it. Two scopes are equal when their
 * credentials are: rows of different credentials never share a call, while trace ids may, and then
 * one of them is sent.
 *
 * @param authorization empty for none; printed nowhere
 * @param tracing {@code x-request-id}, {@code traceparent} and their like
 */
public record CallScope(String authorization, Map<String, String> tracing) {

  public static final CallScope NONE = new CallScope("", Map.of());

  public CallScope {
    tracing = Map.copyOf(tracing);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallScope that && authorization.equals(that.authorization);
  }

  @Override
  public int hashCode() {
    return authorization.hashCode();
  }

  @Override
  public String toString() {
    return "CallScope[secret]";
  }
}
