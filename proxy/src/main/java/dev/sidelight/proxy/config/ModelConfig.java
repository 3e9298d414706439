package dev.sidelight.proxy.config;

/** A model, the backend that serves it, and how its protocol is spoken. */
public record ModelConfig(
    @Setting(value = "", doc = "name of a backend") String backend,
    @Setting(value = "v1", doc = "protocol: v1, v2 or raw") Profile profile) {}
