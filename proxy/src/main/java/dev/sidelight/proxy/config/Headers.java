package dev.sidelight.proxy.config;

import java.util.List;

/** What happens to header fields on their way. */
public record Headers(
    @Setting(value = "false", doc = "keep the client's Host towards the backend")
        boolean preserveHost,
    @Setting(value = "true", doc = "pass Authorization and Cookie on") boolean forwardAuthorization,
    @Setting(value = "[]", doc = "CIDRs whose Forwarded fields are believed")
        List<String> trustedProxies,
    @Setting(value = "[]", doc = "fields that name an identity; removed unless the peer is trusted")
        List<String> identityHeaders) {

  public Headers {
    trustedProxies = List.copyOf(trustedProxies);
    identityHeaders = List.copyOf(identityHeaders);
  }
}
