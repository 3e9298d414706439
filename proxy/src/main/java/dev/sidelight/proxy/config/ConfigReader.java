package dev.sidelight.proxy.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Fills the tree: flag &gt; environment &gt; file &gt; default. All faults are told at once. */
public final class ConfigReader {

  private ConfigReader() {}

  /**
   * @throws ConfigException when anything is wrong, with every fault in the order of the tree
   */
  public static LoadedConfig read(Sources sources) {
    YamlNode.Mapping file = new YamlReader(sources.fileName()).read(sources.file());
    ConfigBinder binder = new ConfigBinder(sources);
    Config config = binder.bind(file);
    List<ConfigFault> faults = new ArrayList<>(binder.faults());
    faults.addAll(unknownFlags(sources));
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    return new LoadedConfig(config, binder.values(), unknownEnvironment(sources));
  }

  private static List<ConfigFault> unknownFlags(Sources sources) {
    Set<String> known = new HashSet<>(SettingKey.all().stream().map(SettingKey::key).toList());
    return sources.flags().keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .map(key -> new ConfigFault(key, "--" + key, "unknown setting '" + key + "'"))
        .toList();
  }

  /** Not a fault: Kubernetes puts {@code SIDELIGHT_<SERVICE>_PORT} there by itself. */
  private static List<String> unknownEnvironment(Sources sources) {
    Set<String> known = new HashSet<>();
    SettingKey.all().forEach(key -> known.add(key.environmentName()));
    return new TreeSet<>(sources.environment().keySet())
        .stream()
            .filter(name -> name.startsWith("SIDELIGHT_") && !known.contains(name))
            .filter(name -> !name.equals("SIDELIGHT_JAVA_OPTS"))
            .map(name -> "environment variable " + name + " is no setting and is ignored")
            .toList();
  }
}
