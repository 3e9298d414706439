package dev.sidelight.proxy.http.wire;

/**
 * Why a message is not served: the answer's status and code ({@code proxy.md} section 4). On the
 * backend's side the status is the one a client would have got for the same fault; the exchange
 * turns each into 502 {@code backend_bad_response}.
 *
 * @param detail for people; names the limit where there is one, never quotes the message
 * @param close the connection cannot be used any more, since where the message ends is in doubt
 */
public record Refusal(int status, String code, String detail, boolean close) {

  static Refusal header(String detail) {
    return new Refusal(400, "header_invalid", detail, true);
  }

  static Refusal requestLine(String detail) {
    return new Refusal(400, "request_line_invalid", detail, true);
  }

  static Refusal statusLine(String detail) {
    return new Refusal(400, "status_line_invalid", detail, true);
  }

  static Refusal coding(String detail) {
    return new Refusal(400, "transfer_coding_invalid", detail, true);
  }

  static Refusal length(String detail) {
    return new Refusal(400, "content_length_invalid", detail, true);
  }

  static Refusal chunk(String detail) {
    return new Refusal(400, "chunk_invalid", detail, true);
  }

  static Refusal host(String detail) {
    return new Refusal(400, "host_invalid", detail, true);
  }

  static Refusal target(String detail) {
    return new Refusal(400, "target_invalid", detail, false);
  }
}
