package dev.sidelight.proxy.http;

/**
 * One of our own routes, on any listener. Knows neither Netty nor vertx-web; runs on a virtual
 * thread, so it may block. What it throws becomes a problem document.
 */
@FunctionalInterface
public interface Endpoint {
  Answer answer(Call call) throws Exception;
}
