package dev.sidelight.proxy.demo;

/**
 * One request of the demo's traffic, always a POST of JSON.
 *
 * @param number 1, 2, 3... within the traffic
 * @param rows 1, or the size of a batch
 */
record DemoRequest(long number, Kind kind, Protocol protocol, int rows, byte[] body) {

  enum Kind {
    /** A row, or some, of the census. */
    ORDINARY,
    /** A row nobody has ever been. */
    OUTLIER,
    /** An ordinary request that the model will answer 503. */
    FAULT,
    /** The first half of an ordinary body. */
    MALFORMED
  }

  enum Protocol {
    V1("/v1/models/" + ModelServer.MODEL + ":predict"),
    V2("/v2/models/" + ModelServer.MODEL + "/infer");

    private final String path;

    Protocol(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }
}
