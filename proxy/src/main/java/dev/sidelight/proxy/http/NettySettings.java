package dev.sidelight.proxy.http;

/**
 * How much memory Netty may keep to itself. Its classes read these when they are loaded, so they
 * are set before; a value given on the command line wins.
 *
 * <p>One direct arena to a loop with chunks of 128 KiB, no heap arena, small caches, none for
 * threads that are not loops: a process of 96 MB heap must stay below 150 MB. The search for leaks
 * is off outside tests.
 */
final class NettySettings {

  private NettySettings() {}

  static void apply(int loops) {
    set("io.netty.allocator.type", "pooled");
    set("io.netty.allocator.numDirectArenas", Integer.toString(loops));
    set("io.netty.allocator.numHeapArenas", "0");
    set("io.netty.allocator.pageSize", "8192");
    set("io.netty.allocator.maxOrder", "4");
    set("io.netty.allocator.smallCacheSize", "64");
    set("io.netty.allocator.normalCacheSize", "16");
    set("io.netty.allocator.maxCachedBufferCapacity", "32768");
    set("io.netty.allocator.useCacheForAllThreads", "false");
    set("io.netty.recycler.maxCapacityPerThread", "256");
    set("io.netty.leakDetection.level", "disabled");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
