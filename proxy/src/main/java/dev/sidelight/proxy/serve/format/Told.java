package dev.sidelight.proxy.serve.format;

import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import java.util.OptionalLong;

/**
 * What a document is about.
 *
 * @param age seconds since it was made, where it is told again
 */
record Told(ExplainResult result, Explained explained, OptionalLong age) {}
