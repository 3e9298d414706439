package dev.sidelight.proxy.http.wire;

/**
 * The client's end of a connection, as told to the backend. One per connection: its bytes are
 * prepared once.
 */
public final class Peer {

  private final boolean trusted;
  private final byte[] address;
  private final byte[] forwardedFor;
  private final byte[] scheme;

  /**
   * @param address the peer's IP address in text form, without port
   * @param scheme {@code http} or {@code https}
   * @param trusted whether the peer is one of {@code trusted-proxies}: what it says about earlier
   *     hops and about identities is kept
   */
  public Peer(String address, String scheme, boolean trusted) {
    this.trusted = trusted;
    this.address = Octets.ascii(address);
    this.forwardedFor =
        Octets.ascii(address.indexOf(':') >= 0 ? "for=\"[" + address + "]\"" : "for=" + address);
    this.scheme = Octets.ascii(scheme);
  }

  public boolean isTrusted() {
    return trusted;
  }

  byte[] address() {
    return address;
  }

  byte[] forwardedFor() {
    return forwardedFor;
  }

  byte[] scheme() {
    return scheme;
  }
}
