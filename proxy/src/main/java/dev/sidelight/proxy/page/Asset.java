package dev.sidelight.proxy.page;

/**
 * A file the browser loads.
 *
 * @param type media type
 * @param gzip the same bytes compressed
 */
public record Asset(String type, byte[] bytes, byte[] gzip) {}
