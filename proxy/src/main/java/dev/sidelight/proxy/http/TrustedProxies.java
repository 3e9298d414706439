package dev.sidelight.proxy.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Networks whose word about earlier hops is believed. */
final class TrustedProxies {

  private record Network(byte[] address, int bits) {

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if (((other[i >> 3] ^ address[i >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks = new ArrayList<>();

  /**
   * @param cidrs {@code 10.0.0.0/8}, {@code fd00::/8} or plain addresses
   */
  TrustedProxies(List<String> cidrs) {
    for (String cidr : cidrs) {
      int slash = cidr.indexOf('/');
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash));
      byte[] bytes = address.getAddress();
      int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
      if (bits < 0 || bits > bytes.length * 8) {
        throw new IllegalArgumentException(
            "headers.trusted-proxies: the prefix of " + cidr + " is longer than its address");
      }
      networks.add(new Network(bytes, bits));
    }
  }

  boolean contains(InetAddress address) {
    if (networks.isEmpty()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return networks.stream().anyMatch(network -> network.contains(bytes));
  }
}
