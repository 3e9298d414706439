package dev.sidelight.proxy.config;

/** Metrics for Prometheus. */
public record MetricsConfig(
    @Setting(value = "true", doc = "KServe's request_*_seconds beside our own") boolean kserve) {}
