package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  private static final String GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @ParameterizedTest
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, false",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, false",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x, false",
    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x, true",
    "00-4bf92f35, false"
  })
  void traceparent_asTheStandardHasIt(String text, boolean valid) {
    assertThat(Names.isTraceparent(text)).isEqualTo(valid);
    assertThat(Names.isTraceparent(GOOD)).isTrue();
  }

  @Test
  void trustedProxies_byNetwork() throws Exception {
    TrustedProxies trusted = new TrustedProxies(List.of("10.0.0.0/9", "192.168.1.7", "fd00::/8"));

    assertThat(trusted.contains(InetAddress.ofLiteral("10.127.0.1"))).isTrue();
    assertThat(trusted.contains(InetAddress.ofLiteral("10.128.0.1"))).isFalse();
    assertThat(trusted.contains(InetAddress.ofLiteral("192.168.1.7"))).isTrue();
    assertThat(trusted.contains(InetAddress.ofLiteral("192.168.1.8"))).isFalse();
    assertThat(trusted.contains(InetAddress.ofLiteral("fd12::1"))).isTrue();
    assertThat(new TrustedProxies(List.of()).contains(InetAddress.ofLiteral("::1"))).isFalse();
  }

  @Test
  void query_decodedInOrder() {
    assertThat(Calls.query("a=1&b=x%20y&a=2&c&d=p+q%2B"))
        .containsEntry("a", List.of("1", "2"))
        .containsEntry("b", List.of("x y"))
        .containsEntry("c", List.of(""))
        .containsEntry("d", List.of("p q+"));
    assertThat(Calls.query("")).isEmpty();
  }

  @Test
  void addresses_oneOrSeveral() {
    assertThat(Backend.addressesOf("http://a:81, b, http://[::1]:8080"))
        .containsExactly(
            new Backend.HostPort("a", 81),
            new Backend.HostPort("b", 80),
            new Backend.HostPort("::1", 8080));
    assertThat(new Backend.HostPort("::1", 8080).authority()).isEqualTo("[::1]:8080");
  }

  @Test
  void histogram_isCumulative() {
    Histogram histogram = Histogram.ofBytes();
    histogram.observe(256);
    histogram.observe(257);
    histogram.observe(1L << 40);
    StringBuilder out = new StringBuilder();

    histogram.append(out, "x", "a=\"b\"");

    assertThat(out)
        .contains("x_bucket{a=\"b\",le=\"256\"} 1\n")
        .contains("x_bucket{a=\"b\",le=\"1024\"} 2\n")
        .contains("x_bucket{a=\"b\",le=\"+Inf\"} 3\n")
        .contains("x_count{a=\"b\"} 3\n");
  }
}
