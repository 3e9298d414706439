package dev.sidelight.proxy.demo;

/** Why the demo's model server does not answer with predictions; becomes {@code {"error":...}}. */
final class ModelException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  private ModelException(int status, String message) {
    super(message, null, false, false); // an answer, not an accident: no stack trace
    this.status = status;
  }

  static ModelException badRequest(String message) {
    return new ModelException(400, message);
  }

  static ModelException notFound(String message) {
    return new ModelException(404, message);
  }

  static ModelException methodNotAllowed(String expected) {
    return new ModelException(405, "only " + expected + " here");
  }

  static ModelException tooLarge() {
    return new ModelException(413, "the body is longer than " + ModelServer.BODY_BYTES_MAX);
  }

  static ModelException unavailable(String message) {
    return new ModelException(503, message);
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
