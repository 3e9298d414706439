package dev.sidelight.proxy.http;

import dev.sidelight.core.event.ModelRef;
import dev.sidelight.proxy.http.wire.AsciiName;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.Peer;
import dev.sidelight.proxy.http.wire.Refusal;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what serves a request, by listener, method and path, before a byte of its body is
 * forwarded. One per connection: it remembers the last path, since clients repeat it.
 */
final class Dispatch {

  private static final String OTHER = "_other";
  private static final String ALLOW = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private final Loop loop;
  private final Listener listener;
  private final RouteTable table;
  private String method = "";
  private String path = "";
  private String host = "";
  private @Nullable Found found;
  private Found.@Nullable Hit hit;
  private Capture.@Nullable Subject subject;
  private @Nullable TrafficMetrics traffic;
  private boolean byHeader;
  private RoutePolicy policy;

  Dispatch(Loop loop, Listener listener) {
    this.loop = loop;
    this.listener = listener;
    this.table = loop.server.routes().table(listener);
    this.policy = loop.server.policy();
  }

  Listener listener() {
    return listener;
  }

  /** How the last request waits. */
  RoutePolicy policy() {
    return policy;
  }

  Peer peerOf(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return new Peer(
        scope < 0 ? text : text.substring(0, scope),
        "http",
        loop.server.trusted().contains(address));
  }

  /** Whether problems carry an {@code error} text for clients of V1 and V2. */
  boolean asksErrorMember() {
    return listener == Listener.DATA || path.startsWith("/v1/") || path.startsWith("/v2/");
  }

  RequestSink start(ClientWriter client, Exchange exchange) {
    try {
      return dispatch(client, exchange);
    } catch (ProblemException e) { // who calls is not known, or may not
      return refused(client, exchange.head(), e.problem(), Map.of());
    }
  }

  private RequestSink dispatch(ClientWriter client, Exchange exchange) {
    Head head = exchange.head();
    policy = loop.server.policy();
    Found by = find(head);
    Refused refused = Gate.refusal(loop.server, listener, head);
    return refused == null
        ? served(client, exchange, by)
        : refused(client, head, refused.problem(), refused.fields());
  }

  private RequestSink served(ClientWriter client, Exchange exchange, Found by) {
    Head head = exchange.head();
    return switch (by) {
      case Found.Hit(Route.Forward forward, Map<String, String> parameters) ->
          forward(client, exchange, forward, parameters);
      case Found.Hit(Route.Serve serve, Map<String, String> parameters) ->
          serve(client, head, serve, parameters);
      case Found.ByFields fields -> served(client, exchange, narrowed(fields.of(head.fields())));
      case Found.WrongMethod(var allowed) ->
          refused(
              client,
              head,
              Problem.of(405, "method_not_allowed", "this path takes " + allowed),
              Map.of("Allow", String.join(", ", allowed)));
      case Found.Unknown(var nearest) -> {
        Problem problem = Problem.of(404, "route_unknown", "nothing is served at this path");
        yield refused(
            client,
            head,
            nearest.isEmpty() ? problem : problem.withHint("did you mean " + nearest + "?"),
            Map.of());
      }
    };
  }

  /** What is remembered of a request is only good for the same route. */
  @SuppressWarnings("ReferenceEquality") // the same hit of the same lookup is meant
  private Found narrowed(Found to) {
    if (to != hit) {
      hit = to instanceof Found.Hit chosen ? chosen : null;
      subject = null;
      traffic = null;
    }
    return to;
  }

  /** A refusal with the fields that go with it. */
  record Refused(Problem problem, Map<String, String> fields) {}

  private Found find(Head head) {
    Found known = found;
    if (known != null
        && head.isMethod(method)
        && head.isPath(path)
        && (!table.usesHosts() || head.isHost(host))) {
      return known;
    }
    method = head.method();
    path = head.path();
    host = table.usesHosts() ? head.host() : "";
    Found looked = table.find(host, method, path);
    found = looked;
    hit = null;
    subject = null;
    traffic = null;
    return looked;
  }

  private RequestSink forward(
      ClientWriter client, Exchange exchange, Route.Forward route, Map<String, String> parameters) {
    Head head = exchange.head();
    policy = route.policy();
    Problem problem = Admission.refusal(loop, route);
    if (problem != null) {
      return refused(client, head, problem, Map.of());
    }
    Access access = loop.server.wiring().access();
    if (access != Access.ANONYMOUS) {
      requireRole(access.check(told(head)), Principal.Role.PREDICT);
    }
    long max = policy.requestBytesMax();
    if (max > 0 && head.contentLength() > max) {
      return refused(client, head, Problems.bodyTooLarge(max, head.contentLength()), Map.of());
    }
    Capture.Subject about = subjectOf(head, route, parameters);
    TrafficMetrics counters = traffic;
    if (counters == null || counters.model().equals(OTHER)) {
      counters = counters(route, about);
      traffic = counters;
    }
    exchange.begin(client, route, about, counters);
    return exchange;
  }

  /** What the path says, else the route, else a header; remembered while it stays the same. */
  private Capture.Subject subjectOf(
      Head head, Route.Forward route, Map<String, String> parameters) {
    Capture.Subject about = subject;
    if (about != null && !byHeader) {
      return about;
    }
    byHeader = route.model().isEmpty() && !parameters.containsKey("model");
    String model = byHeader ? Names.model(head.fields()) : null;
    if (about != null && about.model().model().equals(model == null ? "" : model)) {
      return about;
    }
    if (model == null) {
      model = route.model().isEmpty() ? parameters.getOrDefault("model", "") : route.model();
    }
    Wiring wiring = loop.server.wiring();
    ModelRef ref =
        new ModelRef(
            "",
            wiring.namespace(),
            wiring.service(),
            "",
            "",
            model,
            route.targets().get(0).variant(),
            parameters.getOrDefault("version", ""));
    about = new Capture.Subject(method, path, ref, route.protocol());
    subject = about;
    traffic = null;
    return about;
  }

  private TrafficMetrics counters(Route.Forward route, Capture.Subject about) {
    String model = about.model().model();
    Models models = loop.server.wiring().models();
    if (!model.isEmpty() && route.model().isEmpty() && !models.isRegistered(model)) {
      models.named(model);
      model = OTHER;
    }
    return loop.traffic(model, about.model().variant(), about.protocol());
  }

  private RequestSink serve(
      ClientWriter client, Head head, Route.Serve route, Map<String, String> parameters) {
    if (route.role() == Principal.Role.EXPLAIN && loop.server.shedder().level() >= 1) {
      loop.server.metrics().shed("explain");
      return refused(
          client,
          head,
          Problem.of(429, "explain_shed", "explanations wait while the proxy is under pressure")
              .withRetryAfter(5),
          Map.of());
    }
    if (head.contentLength() > route.bytesMax()) {
      return refused(
          client, head, Problems.bodyTooLarge(route.bytesMax(), head.contentLength()), Map.of());
    }
    Principal principal = loop.server.wiring().access().check(told(head));
    requireRole(principal, route.role());
    String requestId = Names.requestIdOf(head.fields(), loop.ids.next());
    ServedCall call = new ServedCall(loop, client, route, requestId);
    call.begin(Calls.of(head, method, path, parameters, principal, requestId));
    return call;
  }

  private Access.Head told(Head head) {
    return new Access.Head(listener, method, path, name -> head.fields().value(AsciiName.of(name)));
  }

  private static void requireRole(Principal principal, Principal.Role role) {
    if (!principal.roles().contains(role)) {
      throw new ProblemException(Problem.of(403, "role_missing", "this needs the role " + role));
    }
  }

  private RefusedCall refused(
      ClientWriter client, Head head, Problem problem, Map<String, String> more) {
    loop.server.metrics().refused(problem.code());
    String requestId = Names.requestIdOf(head.fields(), loop.ids.next());
    return new RefusedCall(client, problem, requestId, more);
  }

  /** A head that may not be served. */
  void refuse(ClientWriter client, Refusal refusal) {
    loop.server.metrics().refused(refusal.code());
    client.refuse(
        Problems.of(refusal),
        loop.ids.next().toString(),
        refusal.status() == 405 ? Map.of("Allow", ALLOW) : Map.of());
  }

  void headTooSlow(ClientWriter client) {
    loop.server.metrics().refused("request_timeout");
    client.refuse(
        Problem.of(408, "request_timeout", "the request head came too slowly"),
        loop.ids.next().toString(),
        Map.of());
  }

  /** Fields of a problem's answer. */
  Map<String, String> fields(Problem problem, String requestId, Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>(loop.server.routes().headers(listener));
    fields.put("content-type", Problems.CONTENT_TYPE);
    fields.put("x-request-id", requestId);
    if (problem.retryAfterSeconds() >= 0) {
      fields.put("retry-after", Integer.toString(problem.retryAfterSeconds()));
    }
    fields.putAll(more);
    return fields;
  }
}
