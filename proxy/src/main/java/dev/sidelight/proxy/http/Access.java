package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Principal.Role;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says who calls, before a byte of the body is read. Runs on an event loop: never blocks.
 *
 * <p>Throws {@link ProblemException} 401 where the credentials are not accepted.
 */
@FunctionalInterface
public interface Access {

  /** Everybody may do everything: no authenticator is configured. */
  Access ANONYMOUS = head -> Principal.anonymous(Set.of(Role.values()));

  Principal check(Head head);

  /**
   * What a decision may look at.
   *
   * @param fields value of a header by its lower-case name, null where it is absent or stands twice
   */
  record Head(
      Listener listener, String method, String path, Function<String, @Nullable String> fields) {

    public Optional<String> field(String lowerCaseName) {
      return Optional.ofNullable(fields.apply(lowerCaseName));
    }
  }
}
