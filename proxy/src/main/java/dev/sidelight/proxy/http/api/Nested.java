package dev.sidelight.proxy.http.api;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.proxy.serve.ServeException;
import java.util.function.Supplier;

/** A body inside another one: places in the inner one are told as places of the outer one. */
final class Nested {

  private Nested() {}

  /**
   * @param member of the outer body that holds the inner one
   * @param lifted member of the outer body that becomes a parameter; empty for none
   */
  static <T> T in(String member, String lifted, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (CodecException e) {
      throw new CodecException(
          e.code(),
          "/" + member + e.pointer(),
          e.expected(),
          e.found(),
          String.valueOf(e.getMessage()));
    } catch (ServeException e) {
      String parameter = "/parameters/" + lifted;
      if (!lifted.isEmpty() && e.pointer().startsWith(parameter)) {
        throw e.at(e.pointer().substring("/parameters".length()), e.expected(), e.found());
      }
      boolean ofRows = e.pointer().startsWith("/instances") || e.pointer().startsWith("/inputs");
      throw ofRows ? e.at("/" + member + e.pointer(), e.expected(), e.found()) : e;
    }
  }
}
