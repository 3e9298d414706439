package dev.sidelight.proxy.serve.job;

/**
 * Something to tell who follows a job.
 *
 * @param id from 1, without gaps
 * @param name {@code progress}, {@code partial}, {@code done}, {@code failed}, {@code cancelled},
 *     {@code expired}
 * @param data JSON
 */
public record JobEvent(long id, String name, String data) {

  /** Of memory, about. */
  long bytes() {
    return 64L + data.length();
  }

  /** Whether nothing follows it. */
  public boolean isLast() {
    return !name.equals("progress") && !name.equals("partial");
  }
}
