package dev.sidelight.core.tensor;

/** A tensor under the name its protocol gave it, possibly empty where the protocol gives none. */
public record NamedTensor(String name, Tensor tensor) {}
