package dev.sidelight.logger.spool;

import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an earlier process left: which records are whole, what was under way when it ended,
 * and how far each reader was. Afterwards the last segment is sealed; this process writes to a new
 * one.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  static final String COUNTERS = "counters";

  private final Disk disk;
  private final UUID freshSpool;
  private final TreeMap<Long, Part> parts = new TreeMap<>();
  private final List<SegmentScan.Damage> damages = new ArrayList<>();
  private long lastMicros;
  private int lastEpoch;
  private @Nullable UUID spool;

  Recovery(Disk disk, UUID freshSpool) {
    this.disk = disk;
    this.freshSpool = freshSpool;
  }

  /** One segment as it was found. */
  private record Part(SegmentFile file, long first, long bytes, long exchanges, long next) {}

  /**
   * What was found.
   *
   * @param nextSequence the first one of this process
   * @param lost gap events to be written before anything else
   * @param damages to be set aside; {@code files} has their segments
   */
  record Found(
      Carried carried,
      long nextSequence,
      long exchanges,
      long lastMicros,
      Segments segments,
      Map<String, Reader> readers,
      List<Lost> lost,
      List<SegmentScan.Damage> damages) {}

  /** What the last epoch lost of one loop. */
  record Lost(int epoch, int loop, long from, long to, long count, boolean exact) {}

  Found run() throws IOException {
    CounterPage.Last page = page();
    boolean samePower = page == null || page.carried().boot().equals(disk.boot());
    Tally tally = page == null ? null : new Tally(page);
    scan(tally, !samePower);
    boolean exact =
        page == null ? parts.isEmpty() : page.carried().exact() && (samePower || page.clean());
    long next = sealLast(page);
    int epoch = Math.max(lastEpoch, page == null ? 0 : page.carried().epoch()) + 1;
    Carried carried =
        tally == null ? withoutPage(epoch, next) : tally.carried(epoch, disk.boot(), next, exact);
    Segments segments = segments(carried.exchanges());
    Map<String, Reader> readers = readers(segments, next, carried.exchanges());
    List<Lost> lost = tally == null ? List.of() : lost(tally, page, exact);
    return new Found(
        carried,
        next,
        carried.exchanges(),
        lastMicros,
        segments,
        readers,
        lost,
        List.copyOf(damages));
  }

  /** Files opened for scanning. */
  void close() throws IOException {
    for (Part part : parts.values()) {
      part.file.close();
    }
  }

  private CounterPage.@Nullable Last page() throws IOException {
    if (!disk.list("").contains(COUNTERS)) {
      return null;
    }
    try (Disk.DiskFile file = disk.open(COUNTERS)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 1 << 20));
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
        // until all is read
      }
      CounterPage.Last page = CounterPage.read(bytes.flip());
      if (page == null) {
        LOG.warn("The spool's counters are damaged: the ledger is a bound from now on");
      } else {
        spool = page.carried().spool();
      }
      return page;
    }
  }

  private void scan(@Nullable Tally tally, boolean all) throws IOException {
    List<Long> firsts = new ArrayList<>();
    for (String name : disk.list("")) {
      Long first = Segment.firstOf(name);
      if (first != null) {
        firsts.add(first);
      }
    }
    for (int i = 0; i < firsts.size(); i++) {
      boolean last = i + 1 == firsts.size();
      long end = last ? Long.MAX_VALUE : firsts.get(i + 1);
      SegmentFile file = new SegmentFile(disk.open(Segment.file(firsts.get(i))));
      if (isOurs(file, firsts.get(i), last)) {
        Part part = scan(file, firsts.get(i), end, all, tally);
        parts.put(part.first, part);
      }
    }
  }

  private Part scan(SegmentFile file, long first, long end, boolean all, @Nullable Tally tally)
      throws IOException {
    boolean last = end == Long.MAX_VALUE;
    Seal seal = last || all ? null : Seal.of(file);
    if (seal != null && seal.sequence() + 1 == end) {
      lastMicros = Math.max(lastMicros, seal.timeMicros());
      lastEpoch = Math.max(lastEpoch, seal.epoch());
      return new Part(file, first, file.size(), seal.exchanges(), end);
    }
    SegmentScan.Visitor visitor = tally == null ? _ -> {} : tally;
    SegmentScan scan = SegmentScan.of(file, first, end, visitor);
    damages.addAll(scan.damages());
    lastMicros = Math.max(lastMicros, scan.lastMicros());
    lastEpoch = Math.max(lastEpoch, scan.lastEpoch());
    sealed = scan.sealed();
    return new Part(file, first, scan.end(), scan.exchanges(), scan.next());
  }

  private boolean sealed; // the segment scanned last

  /** False for a file in which nothing was ever written; such a file is deleted. */
  private boolean isOurs(SegmentFile file, long first, boolean last) throws IOException {
    SegmentHeader header = file.header();
    if (header == null) {
      if (last && file.find(SegmentHeader.BYTES, first, Long.MAX_VALUE) == null) {
        file.close();
        disk.delete(Segment.file(first));
        return false;
      }
      LOG.warn("The header of {} is damaged; its records are read", Segment.file(first));
      return true;
    }
    if (header.version() > SegmentHeader.VERSION || header.flags() != 0) {
      throw new SpoolException(
          "%s has format version %d, flags %d: written by a newer Sidelight"
              .formatted(Segment.file(first), header.version(), header.flags()));
    }
    UUID known = spool;
    if (known != null && !known.equals(header.spool())) {
      throw new SpoolException(
          "%s belongs to spool %s, not to %s"
              .formatted(Segment.file(first), header.spool(), known));
    }
    spool = header.spool();
    lastEpoch = Math.max(lastEpoch, header.epoch());
    return true;
  }

  /** Cuts a torn tail off and ends the last segment. Returns the next sequence. */
  private long sealLast(CounterPage.@Nullable Last page) throws IOException {
    long next = page == null ? 1 : Math.max(page.carried().nextSequence(), page.durable() + 1);
    Map.Entry<Long, Part> entry = parts.lastEntry();
    if (entry == null) {
      return next;
    }
    Part part = entry.getValue();
    if (part.next == part.first) { // empty: its name is needed again
      part.file.close();
      disk.delete(Segment.file(part.first));
      disk.syncFolder("");
      parts.remove(part.first);
      return Math.max(next, part.first);
    }
    long behind = seal(part);
    parts.put(
        part.first, new Part(part.file, part.first, part.file.size(), part.exchanges, behind));
    // after a power loss the page may know of sequences that are gone; they are not used again
    return Math.max(behind, next);
  }

  private long seal(Part part) throws IOException {
    try (Disk.DiskFile file = disk.open(Segment.file(part.first))) {
      if (file.size() > part.bytes) {
        LOG.warn(
            "{} has a torn tail of {} bytes, which is cut off",
            Segment.file(part.first),
            file.size() - part.bytes);
        file.truncate(part.bytes);
      }
      long next = part.next;
      if (!sealed) {
        RecordEncoder encoder = new RecordEncoder(new HeaderPolicy(List.of(), List.of()));
        GroupBuffer buffer = new GroupBuffer();
        encoder.encodeSeal(
            new RecordHead.Place(next, lastMicros, 0, RecordHead.INTERNAL, lastEpoch),
            new UUID(0, next),
            next - part.first,
            part.bytes,
            part.exchanges);
        encoder.writeTo(buffer);
        file.append(buffer.take());
        next++;
      }
      file.force();
      part.file.forget();
      return next;
    }
  }

  private Carried withoutPage(int epoch, long next) throws IOException {
    long exchanges = 0;
    for (Part part : parts.values()) {
      exchanges += part.exchanges;
    }
    UUID known = spool;
    return new Carried(
        known == null ? freshSpool : known,
        epoch,
        disk.boot(),
        next,
        exchanges,
        exchanges,
        new long[CounterPage.REASONS],
        parts.isEmpty());
  }

  private Segments segments(long exchanges) {
    Segments segments = new Segments();
    long before = exchanges;
    for (Part part : parts.descendingMap().values()) {
      before -= part.exchanges;
      segments.add(new Segment(part.first, before, part.bytes));
    }
    return segments;
  }

  private Map<String, Reader> readers(Segments segments, long next, long exchanges)
      throws IOException {
    Map<String, Reader> readers = new ConcurrentHashMap<>();
    for (String name : disk.list("cursors")) {
      CursorFile file = CursorFile.open(disk, name);
      readers.put(name, reader(name, file, segments, next, exchanges));
    }
    return readers;
  }

  private Reader reader(String name, CursorFile file, Segments segments, long next, long exchanges)
      throws IOException {
    CursorFile.Place place = file.place();
    Segment oldest = segments.oldest();
    if (place == null) {
      LOG.warn("The place of reader {} is lost: it begins at the oldest record", name);
      long from = oldest == null ? next : oldest.first;
      long before = oldest == null ? exchanges : oldest.exchangesBefore;
      place = new CursorFile.Place(from, from, SegmentHeader.BYTES, 0, before, 0);
      return new Reader(name, file, place, before);
    }
    Segment holding = segments.holding(Math.min(place.next(), next));
    Part part = holding == null ? null : parts.get(holding.first);
    if (holding == null || part == null || place.next() < holding.first) {
      return new Reader(name, file, place, oldest == null ? exchanges : oldest.exchangesBefore);
    }
    long at = Math.min(place.next(), next);
    SegmentScan scan = SegmentScan.of(part.file, part.first, at, _ -> {});
    CursorFile.Place found =
        new CursorFile.Place(
            at, part.first, scan.end(), place.written(), place.skipped(), place.dead());
    return new Reader(name, file, found, holding.exchangesBefore + scan.exchanges());
  }

  private List<Lost> lost(Tally tally, CounterPage.@Nullable Last page, boolean exact) {
    List<Lost> lost = new ArrayList<>();
    int epoch = page == null ? 0 : page.carried().epoch();
    for (int loop = 0; loop < tally.loops(); loop++) {
      Tally.LoopEnd end = tally.loop(loop);
      if (end.lost() > 0 && !tally.isTold(loop)) {
        lost.add(new Lost(epoch, loop, end.lastNumber() + 1, end.offered(), end.lost(), exact));
      }
    }
    return List.copyOf(lost);
  }

  /** Copies what is damaged aside. */
  void quarantine(Quarantine quarantine) throws IOException {
    for (SegmentScan.Damage damage : damages) {
      Part part = parts.get(damage.segment());
      if (part != null) {
        quarantine.add(part.file, damage);
      }
    }
  }

  /** For a caller that wants the event. */
  static PayloadEvent.Gap gap(Lost lost, Gaps gaps) {
    return gaps.ofEpoch(
        lost.epoch, lost.loop, lost.from, lost.to, lost.count, GapReason.CRASH_WINDOW, lost.exact);
  }
}
