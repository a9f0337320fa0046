/* floor PORT: what fan-out costs where nothing but the kernel works. A one-thread websocket server that sends each message
 * of a publisher (a path that begins with /publish) to every other socket: one prebuilt frame, one send() each.
 *
 * It knows its one client: keys are always the same, masks are zeros, requests come whole. A socket that is full ends the
 * process, so that no figure stands on frames that were dropped. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "websocket.h"

enum { SOCKETS_MAX = 20000, BACKLOG = 8192, BUFFER_BYTES = 8192 };

struct peer {
    int fd, open, publishes;
    size_t size;
    char buffer[BUFFER_BYTES];
};

static const char UPGRADED[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static int listeners[SOCKETS_MAX], listening, poll_fd;

static void accept_all(int listener) {
    int one = 1;
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct peer *peer = calloc(1, sizeof *peer);
        peer->fd = fd;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
    }
}

static void forget(struct peer *peer) {
    for (int i = 0; i < listening; i++)
        if (listeners[i] == peer->fd) {
            listeners[i] = listeners[--listening];
            break;
        }
    close(peer->fd);
    free(peer);
}

static void upgrade(struct peer *peer) {
    if (!memmem(peer->buffer, peer->size, "\r\n\r\n", 4)) return;
    peer->publishes = !memcmp(peer->buffer, "GET /publish", 12);
    peer->open = 1;
    peer->size = 0;
    if (write(peer->fd, UPGRADED, sizeof UPGRADED - 1) < 0) perror("write");
    if (!peer->publishes) listeners[listening++] = peer->fd;
}

static void fan_out(const char *payload, size_t size) {
    unsigned char frame[BUFFER_BYTES + FRAME_HEAD_MAX];
    size_t head = 0;
    frame[head++] = 0x80 | OP_BINARY;
    if (size < 126) {
        frame[head++] = size;
    } else {
        frame[head++] = 126;
        frame[head++] = size >> 8;
        frame[head++] = size & 255;
    }
    memcpy(frame + head, payload, size);
    for (int i = 0; i < listening; i++)
        if (send(listeners[i], frame, head + size, MSG_NOSIGNAL) != (ssize_t)(head + size)) {
            perror("send");
            exit(1);
        }
}

static void take_publications(struct peer *peer) {
    char *at = peer->buffer, *end = at + peer->size;
    while (end - at >= 6) {
        const unsigned char *byte = (const unsigned char *)at;
        size_t size = byte[1] & 127, head = 6;
        if (size == 126) {
            if (end - at < 8) break;
            size = (size_t)byte[2] << 8 | byte[3];
            head = 8;
        }
        if ((size_t)(end - at) < head + size) break;
        fan_out(at + head, size);
        at += head + size;
    }
    peer->size = end - at;
    memmove(peer->buffer, at, peer->size);
}

static void on_readable(struct peer *peer) {
    ssize_t size = read(peer->fd, peer->buffer + peer->size, BUFFER_BYTES - peer->size);
    if (size < 0 && errno == EAGAIN) return;
    if (size <= 0) {
        forget(peer);
        return;
    }
    peer->size += size;
    if (!peer->open) {
        upgrade(peer);
    } else if (peer->publishes) {
        take_publications(peer);
    } else {
        peer->size = 0;
    }
}

int main(int count, char **words) {
    if (count != 2) return 2;
    struct rlimit files = {SOCKETS_MAX, SOCKETS_MAX};
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, BACKLOG)) {
        perror("listen");
        return 1;
    }
    poll_fd = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN}, events[256];
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poll_fd, events, 256, -1);
        for (int i = 0; i < ready; i++)
            if (events[i].data.ptr) {
                on_readable(events[i].data.ptr);
            } else {
                accept_all(listener);
            }
    }
}
