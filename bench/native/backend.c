/*
 * The model server of the side-by-side run: the cheapest thing that speaks enough HTTP/1.1.
 *
 *   backend PORT
 *
 * POST .../b<N>/infer answers with an Open Inference body of exactly N bytes, any other request with
 * the model's metadata. Bodies are read by their Content-Length and thrown away. One thread, epoll.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_MAX = 16 << 10, EVENTS = 256, ANSWERS = 16, READ_MAX = 256 << 10 };

struct answer {
  long size;
  char *bytes;
  size_t length;
};

struct connection {
  int fd;
  int waits_for_room;
  size_t have;
  long body_left;
  const struct answer *answer;
  size_t sent;
  char head[HEAD_MAX + 1];
};

static struct answer answers[ANSWERS];
static struct answer metadata;
static char scratch[READ_MAX];

static void render(struct answer *a, const char *body, size_t length) {
  a->bytes = malloc(length + 128);
  int head = sprintf(a->bytes,
                     "HTTP/1.1 200 OK\r\nserver: backend\r\ncontent-type: application/json\r\n"
                     "content-length: %zu\r\n\r\n",
                     length);
  memcpy(a->bytes + head, body, length);
  a->length = head + length;
}

/* An output tensor, padded with blanks to the size asked for. */
static const struct answer *answer_of(long size) {
  int i = 0;
  for (; i < ANSWERS - 1 && answers[i].bytes; i++) {
    if (answers[i].size == size) return &answers[i];
  }
  char *body = malloc(size + 64);
  long numbers = size > 150 ? (size - 120) / 8 : 1;
  int at = sprintf(body,
                   "{\"model_name\":\"b%ld\",\"outputs\":[{\"name\":\"y\",\"shape\":[%ld],"
                   "\"datatype\":\"FP32\",\"data\":[",
                   size, numbers);
  for (long n = 0; n < numbers; n++) {
    at += sprintf(body + at, n ? ",0.%05ld" : "0.%05ld", n * 7919 % 100000);
  }
  at += sprintf(body + at, "]}]}");
  while (at < size) body[at++] = ' ';
  answers[i].size = size;
  render(&answers[i], body, at);
  free(body);
  return &answers[i];
}

static const char *field(const char *head, const char *name) {
  size_t n = strlen(name);
  for (const char *line = strstr(head, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
    if (!strncasecmp(line + 2, name, n)) return line + 2 + n;
  }
  return NULL;
}

/* Returns 0 when the connection is to be closed. */
static int flush(int poller, struct connection *c) {
  while (c->answer && c->body_left == 0) {
    ssize_t n = write(c->fd, c->answer->bytes + c->sent, c->answer->length - c->sent);
    if (n < 0 && errno != EAGAIN) return 0;
    if (n > 0) c->sent += n;
    int full = c->sent < c->answer->length;
    if (full != c->waits_for_room) {
      struct epoll_event e = {.events = full ? EPOLLOUT : EPOLLIN, .data.ptr = c};
      epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
      c->waits_for_room = full;
    }
    if (full) return 1;
    c->answer = NULL;
  }
  return 1;
}

static void begin(struct connection *c, size_t head_length) {
  c->head[head_length - 2] = 0;
  const char *length = field(c->head, "content-length:");
  const char *model = strstr(c->head, "/b");
  int predicts = !strncmp(c->head, "POST ", 5) && model;
  c->answer = predicts ? answer_of(atol(model + 2)) : &metadata;
  c->sent = 0;
  c->body_left = length ? atol(length) : 0;
}

static int readable(int poller, struct connection *c) {
  for (;;) {
    int in_body = c->body_left > 0;
    char *to = in_body ? scratch : c->head + c->have;
    size_t room = in_body ? (c->body_left < READ_MAX ? (size_t)c->body_left : READ_MAX)
                          : HEAD_MAX - c->have;
    ssize_t n = read(c->fd, to, room);
    if (n == 0 || (n < 0 && errno != EAGAIN)) return 0;
    if (n < 0) return 1;
    if (in_body) {
      c->body_left -= n;
    } else {
      c->have += n;
      char *end = memmem(c->head, c->have, "\r\n\r\n", 4);
      if (!end) {
        if (c->have == HEAD_MAX) return 0;
        continue;
      }
      size_t head = end + 4 - c->head;
      size_t rest = c->have - head;
      begin(c, head);
      c->have = 0;
      c->body_left -= rest; /* nobody here sends the next request before the answer */
    }
    int whole = c->body_left == 0;
    if (!flush(poller, c)) return 0;
    if (whole || (size_t)n < room) return 1;
  }
}

static void accept_all(int poller, int listener) {
  int fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct connection *c = calloc(1, sizeof *c);
    c->fd = fd;
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
  }
}

int main(int argc, char **argv) {
  if (argc != 2) return fprintf(stderr, "backend PORT\n"), 2;
  const char *about =
      "{\"name\":\"b\",\"versions\":[\"1\"],\"platform\":\"bench\",\"inputs\":[{\"name\":\"x\","
      "\"datatype\":\"FP32\",\"shape\":[-1,8]}],\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\","
      "\"shape\":[-1]}]}";
  render(&metadata, about, strlen(about));
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) {
    return perror("backend"), 1;
  }
  int poller = epoll_create1(0);
  struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &e);
  struct epoll_event events[EVENTS];
  for (;;) {
    int n = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      if (!c) {
        accept_all(poller, listener);
      } else if (!(c->waits_for_room ? flush(poller, c) : readable(poller, c))) {
        close(c->fd);
        free(c);
      }
    }
  }
}
