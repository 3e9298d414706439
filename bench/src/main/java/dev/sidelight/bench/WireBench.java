package dev.sidelight.bench;

import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.HeadParser;
import dev.sidelight.proxy.http.wire.Peer;
import dev.sidelight.proxy.http.wire.Progress;
import dev.sidelight.proxy.http.wire.RequestRules;
import dev.sidelight.proxy.http.wire.RequestWriter;
import dev.sidelight.proxy.http.wire.ResponseWriter;
import dev.sidelight.proxy.http.wire.WireSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A head as a client sends it, judged and written for the backend; and the answer's way back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC"})
public class WireBench {

  private static final String REQUEST =
      """
      POST /v2/models/income/infer HTTP/1.1
      Host: models.example:8080
      User-Agent: python-requests/2.32
      Accept-Encoding: gzip, deflate
      Accept: */*
      Connection: keep-alive
      Content-Type: application/json
      Content-Length: 650

      """;
  private static final String RESPONSE =
      """
      HTTP/1.1 200 OK
      date: Tue, 01 Sep 2026 12:00:00 GMT
      server: uvicorn
      content-type: application/json
      content-length: 200

      """;
  private static final String ID = "0199f3a0-7c00-7abc-8def-0123456789ab";

  private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final ByteBuf request = read(REQUEST, 650);
  private final ByteBuf response = read(RESPONSE, 200);
  private final ByteBuf out = allocator.directBuffer(4096);
  private final Head head = new Head();
  private final HeadParser requests = HeadParser.ofRequests(WireSettings.DEFAULT, allocator);
  private final HeadParser responses = HeadParser.ofResponses(WireSettings.DEFAULT, allocator);
  private final RequestWriter writer = new RequestWriter(RequestRules.to("10.0.0.7:9000"));
  private final Peer peer = new Peer("10.0.0.9", "http", false);

  /** The head and its body as one read brings them. */
  private ByteBuf read(String lines, int bodyBytes) {
    byte[] bytes = lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return allocator.directBuffer(bytes.length + bodyBytes).writeBytes(bytes).writeZero(bodyBytes);
  }

  @TearDown
  public void release() {
    head.release();
    request.release();
    response.release();
    out.release();
  }

  @Benchmark
  public int requestHead() {
    request.readerIndex(0);
    out.clear();
    complete(requests.parse(request, head));
    writer.write(head, peer, ID, out);
    head.release();
    return out.writerIndex();
  }

  @Benchmark
  public int responseHead() {
    response.readerIndex(0);
    out.clear();
    complete(responses.parse(response, head));
    ResponseWriter.write(head, false, true, ID, out);
    head.release();
    return out.writerIndex();
  }

  private static void complete(Progress progress) {
    if (progress != Progress.COMPLETE) {
      throw new IllegalStateException("the head was not accepted: " + progress);
    }
  }
}
