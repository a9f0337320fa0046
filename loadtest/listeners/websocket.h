/* A websocket client's half of RFC 6455, as far as a load client needs it: requests, frame heads, masked frames. */
#ifndef WEBSOCKET_H
#define WEBSOCKET_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum opcode { OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

enum { CONTROL_MAX = 125, REQUEST_MAX = 4096, FRAME_HEAD_MAX = 14 };

struct frame {
    int opcode;
    const char *payload;
    uint64_t size;
    const char *end; /* one past the frame */
};

/* Writes the opening request; gives its length. `headers` is empty or whole lines, each with its CRLF. */
static inline int write_request(char *out, const char *path, const char *host, const char *headers) {
    return snprintf(out, REQUEST_MAX,
                    "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                    path, host, headers);
}

/* Writes a whole frame as a client sends it, masked with zeros; gives its length. */
static inline size_t write_masked(unsigned char *out, int opcode, const void *payload, size_t size) {
    size_t head = 0;
    out[head++] = 0x80 | opcode;
    if (size < 126) {
        out[head++] = 0x80 | size;
    } else {
        out[head++] = 0x80 | 126;
        out[head++] = size >> 8;
        out[head++] = size & 255;
    }
    memset(out + head, 0, 4);
    memcpy(out + head + 4, payload, size);
    return head + 4 + size;
}

/* Reads the frame that begins at `at`; 0 where not all of it is there yet. */
static inline int read_frame(const char *at, const char *end, struct frame *frame) {
    if (end - at < 2) return 0;
    const unsigned char *byte = (const unsigned char *)at;
    uint64_t size = byte[1] & 127;
    int head = 2;
    if (size == 126) {
        if (end - at < 4) return 0;
        size = (uint64_t)byte[2] << 8 | byte[3];
        head = 4;
    } else if (size == 127) {
        if (end - at < 10) return 0;
        size = 0;
        for (int i = 2; i < 10; i++) size = size << 8 | byte[i];
        head = 10;
    }
    if ((uint64_t)(end - at) < head + size) return 0;
    *frame = (struct frame){byte[0] & 15, at + head, size, at + head + size};
    return 1;
}

#endif
