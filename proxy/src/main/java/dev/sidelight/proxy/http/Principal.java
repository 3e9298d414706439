package dev.sidelight.proxy.http;

import java.util.Set;

/** Who calls, and what he may do. */
public record Principal(String name, Set<Role> roles) {

  private static final String NOBODY = "anonymous";

  /** What a route asks for. */
  public enum Role {
    PREDICT,
    EXPLAIN,
    READ_LOGS,
    ADMIN
  }

  public Principal {
    roles = Set.copyOf(roles);
  }

  /** Everybody, where no authenticator is configured. */
  public static Principal anonymous(Set<Role> roles) {
    return new Principal(NOBODY, roles);
  }

  /** Nobody knows who calls. */
  public boolean isAnonymous() {
    return name.equals(NOBODY);
  }
}
