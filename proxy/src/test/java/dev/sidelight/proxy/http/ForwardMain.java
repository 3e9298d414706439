package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Profile;
import java.util.concurrent.TimeUnit;

/** The data path alone: {@code ForwardMain LISTEN_PORT UPSTREAM_PORT v1|v2}. For comparisons. */
final class ForwardMain {

  private ForwardMain() {}

  public static void main(String[] args) throws InterruptedException {
    Profile profile = args[2].equals("v2") ? Profile.V2 : Profile.V1;
    DiscardingSink sink = new DiscardingSink();
    try (TestServer server =
        TestServer.of(Integer.parseInt(args[1]))
            .profile(profile)
            .set("listeners.data.port", args[0])
            .sink(sink)
            .start()) {
      System.out.println("listening on " + server.port());
      TimeUnit.DAYS.sleep(1);
    }
  }
}
