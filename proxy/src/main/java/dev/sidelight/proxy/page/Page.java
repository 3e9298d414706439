package dev.sidelight.proxy.page;

/** A rendered answer: HTML in UTF-8. */
public record Page(int status, String html) {}
