package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.LoadedConfig;
import dev.sidelight.proxy.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the configuration a command was started with. */
final class ConfigSource {

  private ConfigSource() {}

  /**
   * @throws dev.sidelight.proxy.config.ConfigException with all faults
   */
  static LoadedConfig load(ParseResult parsed, Surroundings surroundings) {
    Map<String, String> flags = SettingOptions.values(parsed);
    String file = parsed.matchedOptionValue("--config", "");
    if (file.isEmpty()) {
      return ConfigReader.read(Sources.of(flags, surroundings.environment()));
    }
    try {
      String text = Files.readString(Path.of(file));
      return ConfigReader.read(new Sources(flags, surroundings.environment(), text, file));
    } catch (NoSuchFileException e) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "--config: there is no file " + file, e);
    } catch (IOException e) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "--config: " + file + " cannot be read", e);
    }
  }
}
