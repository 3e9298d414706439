package dev.sidelight.proxy.serve;

/**
 * When and how rows passed by.
 *
 * @param revision of the model that answered; empty where nobody told it
 * @param micros since 1970
 * @param weight requests that each stands for, itself included, >= 1
 */
record Seen(String revision, long micros, long weight) {}
