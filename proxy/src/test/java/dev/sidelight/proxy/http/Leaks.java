package dev.sidelight.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears of every buffer that was collected without having been released. */
final class Leaks {

  private static final List<String> FOUND = new CopyOnWriteArrayList<>();

  private static final class Detector<T> extends ResourceLeakDetector<T> {
    Detector(Class<?> type) {
      super(type, 1);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      FOUND.add(type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      FOUND.add(type);
    }
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation") // the old method must be there, the new one calls it
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Detector<>(resource);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return new Detector<>(resource);
    }
  }

  private Leaks() {}

  /** Before any buffer is made. */
  static void watch() {
    System.setProperty("io.netty.leakDetection.level", "paranoid");
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  /**
   * What was found since the last call; collects garbage and makes a few buffers, since they do the
   * looking.
   */
  static List<String> found() {
    for (int i = 0; i < 5; i++) {
      System.gc();
      ByteBuf[] few = new ByteBuf[20];
      for (int k = 0; k < few.length; k++) {
        few[k] = PooledByteBufAllocator.DEFAULT.directBuffer(16);
      }
      for (ByteBuf each : few) {
        each.release();
      }
    }
    List<String> found = List.copyOf(FOUND);
    FOUND.clear();
    return found;
  }
}
