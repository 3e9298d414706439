package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import java.util.Locale;
import java.util.Optional;

/** Whether a call that changes something comes from our own page, and not from another site's. */
final class SameOrigin {

  private SameOrigin() {}

  /**
   * A browser says where a call comes from: it must be this very host and port. Programs that say
   * nothing are let through only where {@code silent} may pass.
   *
   * @throws ProblemException 403
   */
  static void check(Call call, boolean silent) {
    Optional<String> origin = call.header("origin");
    Optional<String> site = call.header("sec-fetch-site");
    boolean allowed =
        origin.isPresent()
            ? isThisHost(call, origin.get())
            : site.map("same-origin"::equals).orElse(silent);
    if (!allowed) {
      throw new ProblemException(
          Problem.of(
              403, "origin_not_allowed", "only pages of this host may send this, and they say so"));
    }
  }

  private static boolean isThisHost(Call call, String origin) {
    String host = call.header("host").orElse("").toLowerCase(Locale.ROOT);
    String from = origin.toLowerCase(Locale.ROOT);
    return !host.isEmpty() && (from.equals("http://" + host) || from.equals("https://" + host));
  }
}
