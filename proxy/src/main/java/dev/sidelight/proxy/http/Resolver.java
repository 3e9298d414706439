package dev.sidelight.proxy.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks for the addresses of a name. Blocks: never on a loop. */
@FunctionalInterface
interface Resolver {

  InetAddress[] addressesOf(String name) throws UnknownHostException;

  Resolver SYSTEM = InetAddress::getAllByName;
}
