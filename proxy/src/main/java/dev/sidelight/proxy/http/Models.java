package dev.sidelight.proxy.http;

/**
 * Which model names are known. Called on event loops: never blocks. Names that are not registered
 * share one label in metrics, so that a caller cannot make labels without end.
 */
public interface Models {

  boolean isRegistered(String model);

  /** A request named this model, which is not registered: it may be looked up behind our back. */
  void named(String model);

  /** Every name is taken as it comes: for tests and for fixed configurations. */
  Models ANY =
      new Models() {
        @Override
        public boolean isRegistered(String model) {
          return true;
        }

        @Override
        public void named(String model) {
          // nothing to look up
        }
      };
}
