package dev.sidelight.proxy.cli;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.serve.ModelClient;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.References;
import java.nio.file.Path;
import java.time.InstantSource;

/** The models behind us: how they are asked, which there are, what their ordinary rows are. */
final class ModelRoom implements AutoCloseable {

  private final ModelClient client = new ModelClient();
  private final ModelRegistry registry;
  private final References references;

  /**
   * @param otherWay of giving a reference, for the hint where there is none; empty for none
   */
  ModelRoom(Config config, ServerHandle handle, String otherWay) {
    this.registry = new ModelRegistry(config, client, System::nanoTime);
    this.references =
        new References(
            referenceDir(config),
            CodecLimits.defaults(),
            () -> management(config, handle),
            InstantSource.system(),
            otherWay);
  }

  static Path referenceDir(Config config) {
    if (!config.reference().dir().isEmpty()) {
      return Path.of(config.reference().dir());
    }
    return Path.of(config.embedded().dir()).toAbsolutePath().resolveSibling("reference");
  }

  /** As somebody on this machine types it. */
  private static String management(Config config, ServerHandle handle) {
    String host = config.listeners().management().host();
    int port = handle.port(Listener.MANAGEMENT);
    return "http://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + (port < 0 ? config.listeners().management().port() : port);
  }

  ModelClient client() {
    return client;
  }

  ModelRegistry registry() {
    return registry;
  }

  References references() {
    return references;
  }

  @Override
  public void close() {
    references.close();
    client.close();
  }
}
