package dev.sidelight.proxy.config;

/**
 * Every key with its default, in the order of the tree; behind {@code <} where the value comes from
 * that nobody gave. What people write into their files: a change here is a breaking change.
 */
final class PinnedSettings {

  static final String ALL =
      """
      upstream =
      profile = v1
      model-name =
      listeners.data.host = 0.0.0.0
      listeners.data.port = 8080
      listeners.management.host = 127.0.0.1
      listeners.management.port = 8090
      listeners.probes.host = 0.0.0.0
      listeners.probes.port = 8091
      limits.head-bytes-max = 32KiB
      limits.fields-max = 200
      limits.target-bytes-max = 8KiB
      limits.request-bytes-max = 0
      limits.endpoint-bytes-max = 64MiB
      limits.in-flight-bytes-max = 64MiB
      limits.connections-max = 10000
      timeouts.head = 10s
      timeouts.body-grace = 5s
      timeouts.body-rate-min = 1KiB
      timeouts.connect = 1s
      timeouts.response = 60s
      timeouts.response-openai = 600s
      timeouts.silence = 60s
      timeouts.stream-silence = 300s
      timeouts.client-stall = 60s
      timeouts.keep-alive = 75s
      timeouts.backend-idle = 4s
      timeouts.backend-life = 1h
      timeouts.pool-wait = 1s
      timeouts.expect = 1s
      timeouts.drain = 10s
      headers.preserve-host = false
      headers.forward-authorization = true
      headers.trusted-proxies = []
      headers.identity-headers = []
      runtime.loops = 0
      runtime.transport = auto
      logger.enabled = true
      logger.mode = best-effort
      logger.sample-rate = 1.0
      logger.body-bytes-max = 256KiB
      logger.skip-marks = honour
      logger.headers.allow = [Content-Type, Content-Encoding, Inference-Header-Content-Length, X-Request-Id, Seldon-Puid, Traceparent, User-Agent]
      logger.headers.deny = []
      logger.profile = kserve
      logger.source =
      logger.ring.bytes = 64MiB
      logger.ring.slots = 8192
      spool.dir = ./spool
      spool.segment-bytes = 64MiB
      spool.bytes-max = 4GiB
      spool.commit-millis = 20
      spool.commit-bytes = 256KiB
      spool.fsync = group
      spool.when-full = drop-oldest
      embedded.enabled = true
      embedded.dir = ./store
      embedded.days = 7
      embedded.bytes-max = 2GiB
      reference.dir =
      reference.artefacts = /mnt/models
      explain.output =
      explain.sync-deadline = 50s
      explain.live-budget = 8ms
      explain.rows-running-max = 4000000
      explain.task = auto
      explain.forward-authorization = true
      explain.batch-rows-max = 0
      explain.workers = 0
      explain.routing = serve
      metrics.kserve = true
      backends.<name>.url = http://127.0.0.1:8081
      backends.<name>.connections-max = 256
      backends.<name>.connect-timeout = 1s < timeouts.connect
      backends.<name>.health = profile
      models.<name>.backend =
      models.<name>.profile = v1
      models.<name>.timeout = 60s < timeouts.response-{profile} < timeouts.response
      models.<name>.timeouts < timeouts
      models.<name>.timeouts.connect = 1s < models.{model}.timeouts.connect < backends.{backend}.connect-timeout < timeouts.connect
      models.<name>.timeouts.silence = 60s
      models.<name>.timeouts.stream-silence = 300s
      models.<name>.timeouts.client-stall = 60s
      models.<name>.timeouts.body-grace = 5s
      models.<name>.timeouts.body-rate-min = 1KiB
      models.<name>.timeouts.pool-wait = 1s
      models.<name>.timeouts.expect = 1s
      models.<name>.limits < limits
      models.<name>.limits.request-bytes-max = 0
      models.<name>.log < logger
      models.<name>.log.mode = best-effort
      models.<name>.log.sample-rate = 1.0
      models.<name>.log.body-bytes-max = 256KiB
      models.<name>.log.skip-marks = honour
      models.<name>.explain < explain
      models.<name>.explain.output =
      models.<name>.explain.task = auto
      models.<name>.explain.sync-deadline = 50s
      models.<name>.explain.live-budget = 8ms
      models.<name>.explain.rows-running-max = 4000000
      models.<name>.explain.forward-authorization = true
      models.<name>.explain.batch-rows-max = 0
      routes[].path = /
      routes[].method = POST
      routes[].host =
      routes[].headers = []
      routes[].model =
      routes[].profile = v1 < models.{model}.profile
      routes[].timeout = 60s < models.{model}.timeout < timeouts.response
      routes[].timeouts < models.{model}.timeouts < timeouts
      routes[].timeouts.connect = 1s < models.{model}.timeouts.connect < backends.{backend}.connect-timeout < timeouts.connect
      routes[].timeouts.silence = 60s
      routes[].timeouts.stream-silence = 300s
      routes[].timeouts.client-stall = 60s
      routes[].timeouts.body-grace = 5s
      routes[].timeouts.body-rate-min = 1KiB
      routes[].timeouts.pool-wait = 1s
      routes[].timeouts.expect = 1s
      routes[].limits < models.{model}.limits < limits
      routes[].limits.request-bytes-max = 0
      routes[].log < models.{model}.log < logger
      routes[].log.mode = best-effort
      routes[].log.sample-rate = 1.0
      routes[].log.body-bytes-max = 256KiB
      routes[].log.skip-marks = honour
      """;

  private PinnedSettings() {}
}
