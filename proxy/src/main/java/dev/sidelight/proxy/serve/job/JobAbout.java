package dev.sidelight.proxy.serve.job;

/**
 * What a job is about, known before it starts.
 *
 * @param restricted it tells of logged payloads: shown only to who may read the log
 * @param version the model's, empty where the server chooses
 */
public record JobAbout(String model, String version, String method, boolean restricted) {}
