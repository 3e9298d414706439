package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.http.Principal.Role;
import java.util.List;

/** What is done with a request: sent on, or answered here. */
sealed interface Route {

  /**
   * Sent on to a backend.
   *
   * @param tapped kept in the log; health and metadata are not
   * @param model fixed by configuration; empty takes it from the path, else from a header
   */
  record Forward(
      List<Target> targets, Profile profile, boolean tapped, String model, RoutePolicy policy)
      implements Route {
    public Forward {
      targets = List.copyOf(targets);
    }

    /** The word in events and metrics. */
    String protocol() {
      return profile.word();
    }
  }

  /**
   * Answered by one of our endpoints.
   *
   * @param bytesMax longest body
   * @param streaming the endpoint reads the body while it arrives
   */
  record Serve(Endpoint endpoint, Role role, long bytesMax, boolean streaming) implements Route {}
}
