/* Which publication a frame carries, in either of the two ways in which the servers under test carry one. */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* "@@" and eight hexadecimal digits anywhere in a frame of a peer. */
static const char MARK[] = "@@";
/* The same for the run, in what is published alone: no two runs publish the same. */
static const char RUN_MARK[] = "##";
enum { MARK_DIGITS = 8 };

/* Reads the mark at or after `*at` and moves past it; -1 where there is none. */
static inline int64_t next_mark(const char **at, const char *end) {
    const char *found = memmem(*at, end - *at, MARK, 2);
    if (!found || end - found < 2 + MARK_DIGITS) return -1;
    char digits[MARK_DIGITS + 1] = {0};
    memcpy(digits, found + 2, MARK_DIGITS);
    *at = found + 2 + MARK_DIGITS;
    return strtoul(digits, NULL, 16);
}

/* Reads a msgpack unsigned integer and moves past it; -1 for anything else. */
static inline int64_t msgpack_uint(const unsigned char **at, const unsigned char *end) {
    if (*at >= end) return -1;
    unsigned char type = *(*at)++;
    if (type < 0x80) return type;
    if (type < 0xcc || type > 0xcf) return -1;
    int size = 1 << (type - 0xcc);
    if (end - *at < size) return -1;
    int64_t value = 0;
    while (size--) value = value << 8 | *(*at)++;
    return value;
}

/* Reads ["event", epoch, offset, at, kind, …] as `live/wire.py` writes it. Gives the offset, -1 for other frames;
 * `*counts` tells whether its kind is `kind`. */
static inline int64_t event_offset(const char *payload, uint64_t size, const char *kind, int *counts) {
    static const char HEAD[] = "\x97\xa5" "event";
    const unsigned char *at = (const unsigned char *)payload, *end = at + size;
    if (size < 8 || memcmp(at, HEAD, 7)) return -1;
    at += 7;
    msgpack_uint(&at, end);
    int64_t offset = msgpack_uint(&at, end);
    msgpack_uint(&at, end);
    size_t length = strlen(kind);
    *counts = (size_t)(end - at) > length && *at == (0xa0 | length) && !memcmp(at + 1, kind, length);
    return offset;
}

#endif
