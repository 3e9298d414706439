package dev.sidelight.proxy.http.wire;

/**
 * What a response's meaning depends on: the request it answers.
 *
 * @param head the method was HEAD
 * @param expectContinue the request carried {@code Expect: 100-continue}, so 100 may come
 * @param upgrade an accepted upgrade was asked for, so 101 may come
 */
public record Asked(boolean head, boolean expectContinue, boolean upgrade) {

  public static final Asked PLAIN = new Asked(false, false, false);
  public static final Asked HEAD = new Asked(true, false, false);
  public static final Asked CONTINUE = new Asked(false, true, false);
}
