package dev.sidelight.proxy.http;

/**
 * What a request must be for a route.
 *
 * @param path exact, or a {@link Template}
 */
record RouteMatch(HostPattern host, String method, String path, FieldCondition fields) {

  static RouteMatch of(String method, String path) {
    return new RouteMatch(HostPattern.ANY, method, path, FieldCondition.NONE);
  }

  RouteMatch withFields(FieldCondition wanted) {
    return new RouteMatch(host, method, path, wanted);
  }
}
