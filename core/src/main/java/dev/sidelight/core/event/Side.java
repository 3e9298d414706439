package dev.sidelight.core.event;

import java.util.List;

/**
 * One side of an exchange as it was kept.
 *
 * @param head the message's head bytes as received, from the start line to the empty line; the
 *     writer takes the allow-listed fields from it. Empty where there is no head
 * @param body the bytes kept, at most the cap
 * @param bodyBytes the full length that passed, kept or not
 * @param bodyCrc CRC32C of the whole body; meaningful only beyond the cap, the writer computes it
 *     otherwise
 * @param contentType this side's own, empty if unknown
 * @param contentEncoding empty for identity
 */
public record Side(
    Payload head,
    Payload body,
    long bodyBytes,
    int bodyCrc,
    String contentType,
    String contentEncoding,
    Truncation truncation) {

  public static final Side NONE =
      new Side(Payload.EMPTY, Payload.EMPTY, 0, 0, "", "", Truncation.NONE);

  /** The last value of a field of the head; empty where it has none. */
  public String field(String name) {
    return head.length() == 0
        ? ""
        : new HeaderPolicy(List.of(name), List.of())
            .kept(head.copy()).values().stream().map(List::getLast).findFirst().orElse("");
  }

  void release() {
    head.release();
    body.release();
  }
}
