package dev.sidelight.proxy.config;

import java.util.List;
import java.util.Map;

/** A parsed file: what stands where. Lines count from 1. */
sealed interface YamlNode {

  int line();

  record Scalar(String text, int line) implements YamlNode {}

  record Sequence(List<YamlNode> items, int line) implements YamlNode {}

  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {}
}
