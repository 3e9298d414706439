/*
 * Open-loop load: requests are due at fixed moments whether or not earlier ones were answered, and a
 * latency counts from the moment its request was due. A slow server cannot slow its own measurement.
 *
 *   openloop PORT PATH BODY_FILE RATE SECONDS CONNECTIONS
 *
 * Prints one JSON object; latencies in microseconds. The first tenth is not counted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 8 << 10, EVENTS = 128, READ_MAX = 256 << 10 };

struct connection {
  int fd;
  int busy;
  int waits_for_room;
  int64_t due;
  int counted;
  size_t sent;
  size_t have; /* of the head; the body is only counted */
  int64_t body_left;
  int status;
  char head[HEAD_MAX + 1];
};

static struct sockaddr_in server;
static char *request;
static size_t request_length;
static int poller;
static struct connection *connections;
static int *idle;
static int idle_count;
static double *latencies;
static long latency_count;
static long failed;
static char scratch[READ_MAX];

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void dial(struct connection *c) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(c->fd, (struct sockaddr *)&server, sizeof server)) {
    perror("openloop: connect");
    exit(1);
  }
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  c->waits_for_room = 0;
  struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &e);
}

static void finish(struct connection *c, int good) {
  if (!good) {
    failed++;
  } else if (c->counted) {
    latencies[latency_count++] = (now() - c->due) / 1e3;
  }
  c->busy = 0;
  idle[idle_count++] = c - connections;
}

static void broken(struct connection *c) {
  close(c->fd);
  dial(c);
  if (c->busy) finish(c, 0);
}

static void push(struct connection *c) {
  ssize_t n = write(c->fd, request + c->sent, request_length - c->sent);
  if (n < 0 && errno != EAGAIN) {
    broken(c);
    return;
  }
  if (n > 0) c->sent += n;
  int full = c->sent < request_length;
  if (full != c->waits_for_room) {
    struct epoll_event e = {.events = EPOLLIN | (full ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
    c->waits_for_room = full;
  }
}

static void start(struct connection *c, int64_t due, int counted) {
  c->busy = 1;
  c->due = due;
  c->counted = counted;
  c->sent = c->have = 0;
  c->body_left = -1;
  push(c);
}

static int head_done(struct connection *c) {
  c->head[c->have] = 0;
  char *end = strstr(c->head, "\r\n\r\n");
  if (!end) return 0;
  c->status = atoi(c->head + 9);
  char *length = strcasestr(c->head, "\r\ncontent-length:");
  if (!length) {
    fprintf(stderr, "openloop: an answer without Content-Length\n");
    exit(1);
  }
  c->body_left = atol(length + 17) - (int64_t)(c->head + c->have - (end + 4));
  return 1;
}

static void pull(struct connection *c) {
  for (;;) {
    int in_body = c->body_left >= 0;
    ssize_t n = in_body ? read(c->fd, scratch, READ_MAX)
                        : read(c->fd, c->head + c->have, HEAD_MAX - c->have);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0 || !c->busy) {
      broken(c);
      return;
    }
    if (in_body) {
      c->body_left -= n;
    } else {
      c->have += n;
      if (!head_done(c)) continue;
    }
    if (c->body_left == 0) {
      finish(c, c->status == 200);
      return;
    }
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double quantile(double q) {
  return latency_count ? latencies[(long)((latency_count - 1) * q)] : 0;
}

static void load_request(const char *path, const char *file) {
  FILE *f = fopen(file, "rb");
  if (!f) {
    perror(file);
    exit(1);
  }
  fseek(f, 0, SEEK_END);
  long body = ftell(f);
  rewind(f);
  request = malloc(body + 1024);
  int head = sprintf(request,
                     "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Content-Length: %ld\r\n\r\n",
                     path, body);
  request_length = head + fread(request + head, 1, body, f);
  fclose(f);
}

int main(int argc, char **argv) {
  if (argc != 7) return fprintf(stderr, "openloop PORT PATH BODY_FILE RATE SECONDS CONNECTIONS\n"), 2;
  server.sin_family = AF_INET;
  server.sin_port = htons(atoi(argv[1]));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  load_request(argv[2], argv[3]);
  double rate = atof(argv[4]);
  long total = rate * atof(argv[5]);
  int n = atoi(argv[6]);
  latencies = malloc(sizeof *latencies * (total + 1));
  connections = calloc(n, sizeof *connections);
  idle = malloc(sizeof *idle * (n + 1));
  poller = epoll_create1(0);
  for (int i = 0; i < n; i++) {
    dial(&connections[i]);
    idle[idle_count++] = i;
  }
  int64_t begun = now() + 10000000;
  int64_t last = begun + total / rate * 1e9;
  struct epoll_event events[EVENTS];
  long next = 0;
  while (next < total || idle_count < n) {
    int64_t t = now();
    if (t > last + 5000000000LL) break;
    while (next < total && idle_count && begun + next / rate * 1e9 <= t) {
      start(&connections[idle[--idle_count]], begun + next / rate * 1e9, next > total / 10);
      next++;
    }
    int64_t wait = next < total && idle_count ? begun + next / rate * 1e9 - now() : 100000000;
    struct timespec timeout = {wait > 0 ? wait / 1000000000 : 0, wait > 0 ? wait % 1000000000 : 0};
    int ready = epoll_pwait2(poller, events, EVENTS, &timeout, NULL);
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      if (events[i].events & EPOLLOUT) push(c);
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) pull(c);
    }
  }
  qsort(latencies, latency_count, sizeof *latencies, ascending);
  printf("{\"due\": %ld, \"counted\": %ld, \"failed\": %ld, \"unanswered\": %ld, \"p50\": %.1f, "
         "\"p99\": %.1f, \"max\": %.1f}\n",
         total, latency_count, failed, total - next + n - idle_count, quantile(0.5), quantile(0.99),
         quantile(1));
  return 0;
}
