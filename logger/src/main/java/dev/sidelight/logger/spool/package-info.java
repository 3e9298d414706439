/**
 * The ring of each event loop, and the spool: checksummed segments with group commit, recovery,
 * cursors and the counter page. Start at {@link dev.sidelight.logger.spool.Spool}; an event's way
 * is Ring, SpoolWriter, Appender, Commit, then SpoolCursor for each reader. Recovery is what
 * happens before.
 *
 * <p>All integers are big-endian. A segment begins with 64 bytes: {@code SLSPOOL1}, u16 version,
 * u16 flags, u32 header length, 16 bytes spool id, u64 first sequence, i64 created (µs), u32 epoch,
 * u64 key id, CRC32C of bytes 0..59. A record begins with 64 bytes: {@code SLR1}, u32 total length,
 * u64 sequence, i64 time (µs), u64 number within the loop, 16 bytes event id, u8 type (1 exchange,
 * 2 request half, 3 response half, 4 report, 5 gap, 6 seal), u8 flags (1 truncated, 2 redacted, 4
 * synthetic, 8 sampled), u16 loop, u32 epoch, u32 payload length, CRC32C of bytes 0..59 and the
 * payload. Zeros follow to a multiple of 8; they are not covered.
 *
 * <p>A payload is fields of {@code tag u16, length u32, bytes}. Tags are frozen; unknown ones are
 * skipped; an absent field is empty, or what is said here. Texts are UTF-8.
 *
 * <pre>
 *   1 exchange id, 16 bytes (half, report)      2 ce-id  3 x-request-id  4 seldon-puid
 *   5 traceparent                               6 tracestate
 *  16 tenant      17 namespace   18 service     19 component
 *  20 endpoint    21 model       22 variant     23 version
 *  32 method      33 path        34 protocol    35 transport
 *  36 status i32  37 grpc status i32 (absent: -1)  38 outcome, its word
 *  48 arrival, latency, upstream: 3 x i64, µs
 *  64 request side, or a half's only side; 80 response side; within a side
 *     +0 kept head fields, lines "name: value CR LF" as received
 *     +1 full body length i64 (absent: 0)       +2 CRC32C of the whole body
 *     +3 content type  +4 content encoding      +5 truncation, its word
 *     +6 body as received. Bodies come last
 *  96 sample rate f64 (absent: 1)  97 redaction rules  98 origin
 * 112 kind of report  113 its time i64, µs  114 JSON
 * 128 gap: epoch, loop, from, to, count, bytes, exact, first µs, last µs: 9 x i64
 * 129 reason  130 sink  131 spool id
 * 144 seal: records, bytes, exchanges before it in the segment: 3 x i64
 * </pre>
 *
 * <p>Sequences are numbered through seals and gaps too. A segment ends where the next begins: after
 * a failed write or fsync its file may hold more, which was never durable and stands again in the
 * next. A read-back head has only the kept lines, no start line: path and status are fields of
 * their own.
 */
@NullMarked
package dev.sidelight.logger.spool;

import org.jspecify.annotations.NullMarked;
