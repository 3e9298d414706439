package dev.sidelight.proxy.serve;

/**
 * What a model's background is.
 *
 * @param id of the frozen set, empty while there is none
 * @param rows in it
 * @param seen rows offered so far, when it comes from the log
 * @param needed rows before an explanation can be given
 */
public record ReferenceInfo(String id, int rows, String origin, long seen, int needed) {}
