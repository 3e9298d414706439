package dev.sidelight.proxy.http;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.config.Sources;
import dev.sidelight.proxy.serve.RecentLoad;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A server with one backend, on free ports, one loop unless said otherwise. */
final class TestServer implements AutoCloseable {

  static {
    Leaks.watch();
  }

  private final Server server;
  private final RecordingSink events;

  private TestServer(Server server, RecordingSink events) {
    this.server = server;
    this.events = events;
  }

  static Setup of(int... upstreamPorts) {
    return new Setup(upstreamPorts);
  }

  /** Settings before the start. */
  static final class Setup {
    private final int[] upstreamPorts;
    private final Map<String, String> flags = new HashMap<>();
    private final RecordingSink recording = new RecordingSink();
    private EventSink sink = recording;
    private String file = "";
    private Profile profile = Profile.V1;
    private int connectionsMax = 256;
    private Backend.Health health = Backend.Health.TCP;
    private Resolver resolver = Resolver.SYSTEM;
    private String host = "127.0.0.1";
    private boolean fallback = true;
    private Consumer<Routes.Builder> more = routes -> {};

    private Setup(int[] upstreamPorts) {
      this.upstreamPorts = upstreamPorts.clone();
      flags.put("listeners.data.host", "127.0.0.1");
      flags.put("listeners.data.port", "0");
      flags.put("listeners.management.port", "0");
      flags.put("listeners.probes.host", "127.0.0.1");
      flags.put("listeners.probes.port", "0");
      flags.put("runtime.loops", "1");
    }

    Setup set(String key, String value) {
      flags.put(key, value);
      return this;
    }

    /** A configuration file; its models and routes lead to the only backend. */
    Setup file(String yaml) {
      file = yaml;
      return this;
    }

    Setup profile(Profile spoken) {
      profile = spoken;
      return this;
    }

    Setup connectionsMax(int most) {
      connectionsMax = most;
      return this;
    }

    Setup healthPath(String path) {
      health = Backend.Health.path(path);
      return this;
    }

    Setup health(Backend.Health asked) {
      health = asked;
      return this;
    }

    /** The backend is given by this name. */
    Setup named(String name, Resolver asked) {
      host = name;
      resolver = asked;
      return this;
    }

    Setup withoutFallback() {
      fallback = false;
      return this;
    }

    Setup sink(EventSink taking) {
      sink = taking;
      return this;
    }

    Setup routes(Consumer<Routes.Builder> adds) {
      more = adds;
      return this;
    }

    TestServer start() {
      Config config = ConfigReader.read(new Sources(flags, Map.of(), file, "test.yaml")).config();
      List<Backend.HostPort> addresses =
          java.util.Arrays.stream(upstreamPorts)
              .mapToObj(port -> new Backend.HostPort(host, port))
              .toList();
      Backend backend =
          new Backend(
              "upstream", addresses, connectionsMax, health, new RecentLoad(System::nanoTime));
      Routes.Builder routes = Routes.builder();
      more.accept(routes);
      configured(config, routes, backend);
      RoutePolicy policy = RoutePolicy.of(config, profile);
      routes.inference(profile, List.of(Target.of(backend)), policy);
      if (fallback) {
        routes.fallback(profile, Target.of(backend), policy);
      }
      Wiring wiring = new Wiring(loop -> sink, () -> System.currentTimeMillis() * 1000, Models.ANY);
      return new TestServer(
          Server.start(config, routes.build(), wiring, resolver, /* seed= */ 42), recording);
    }
  }

  private static void configured(Config config, Routes.Builder routes, Backend backend) {
    List<Target> targets = List.of(Target.of(backend));
    for (var route : config.routes()) {
      routes.forward(route, targets, RoutePolicy.of(config, route));
    }
    config
        .models()
        .forEach(
            (name, model) ->
                routes.inference(model.profile(), name, targets, RoutePolicy.of(config, model)));
  }

  Server server() {
    return server;
  }

  int port() {
    return server.port(Listener.DATA);
  }

  List<RecordingSink.Seen> events() {
    return events.events();
  }

  RecordingSink sink() {
    return events;
  }

  /** The value of a sample, 0 if there is none. */
  double metric(String nameAndLabels) {
    return server
        .metrics()
        .lines()
        .filter(line -> line.startsWith(nameAndLabels + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    server.close();
  }
}
