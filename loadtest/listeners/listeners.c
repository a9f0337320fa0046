/* listeners: many websocket clients in one thread, for measuring the server they listen to. Prints one JSON object.
 *
 *   listeners -p PORT -n COUNT [options]
 * who listens
 *   -s PATH     address of the socket                -H FILE   further request headers, whole lines
 *   -o HEX      what each says once it is connected  -t        says it as text
 *   -r HEX      it has joined when a frame contains this; without it, when it is connected
 *   -c COUNT    connections in the making at once (128; 0: all)
 *   -q COUNT    listeners beside those, who join and then never read
 *   -k PIDS     processes whose CPU and memory count, separated by commas     -K PIDS   the same, told apart
 * what is heard (one of them)
 *   -m COUNT    so many publications, after -u COUNT that are not measured (20): -w in flight at once (1), or -R a second
 *   -x BYTES    connect storm: each is done when it has a frame of so many bytes
 *   -i SECONDS  connect and idle so long: memory
 * how it is published
 *   -P PATH     by a websocket of the same server    -U PATH   by a unix socket that answers (Redis)
 *   -T FILE     what is published: "@@00000000" in it becomes the number of the publication, "##00000000" that of the run
 *   -e KIND     listeners hear events of this kind (msgpack), numbered by offsets; without it, the mark itself
 *   -O HEX      what a publishing websocket says first
 *   -d SECONDS  give up after (120)
 *
 * Every listener's sequence is checked: gaps and doubles are counted. It never sleeps while it measures, so that the server
 * does not pay for waking it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/un.h>
#include <time.h>

#include "sequence.h"
#include "usage.h"
#include "websocket.h"

enum state { CONNECTING, UPGRADING, SAYING_HELLO, JOINED, STALLED, LOST };
enum role { LISTENER, STALLER, PUBLISHER };

enum {
    READ_MAX = 1 << 24,          /* bytes of one read; a snapshot of 10^5 tickets has 8 MB */
    TEMPLATE_MAX = 1 << 16,      /* bytes of one publication */
    BUCKET_US = 20,              /* width of a step of the histogram of latencies */
    BUCKETS = 1 << 20,           /* 21 s */
    SETTLE_MS = 300,             /* rest between connecting and measuring */
    STALLED_RECEIVE_BYTES = 4096 /* receive buffer of one who never reads */
};

struct client {
    int fd;
    enum state state;
    enum role role;
    int done;            /* storm: has its snapshot */
    uint32_t heard;      /* how many publications it has heard */
    int64_t offset;      /* of the last event */
    char *rest;          /* bytes of a frame that has not come whole */
    size_t rest_size;
    int64_t began_ns;
};

struct options {
    int port, count, stalled, measured, warm_up, window, connecting_max, storm_bytes, text, give_up_s, idle_s;
    double rate;
    const char *path, *publish_path, *publish_socket, *kind, *pids, *other_pids;
    char headers[REQUEST_MAX];
    unsigned char *hello, *publisher_hello, *joined_by;
    size_t hello_size, publisher_hello_size, joined_by_size;
    int publisher_says;
    unsigned char template[TEMPLATE_MAX];
    size_t template_size;
    char *mark; /* where the number stands in the template */
};

static struct options set = {.warm_up = 20, .window = 1, .connecting_max = 128, .path = "/", .give_up_s = 120};
static struct client *clients;
static int total, started, connecting, joined, lost, done, poll_fd;
static uint32_t published, completed;
static int64_t *published_ns, *first_ns, *last_ns, *storm_ns, deadline_ns;
static int *heard_by;
static uint64_t deliveries, gaps, doubles;
static uint32_t histogram[BUCKETS];
static char incoming[READ_MAX];

static int64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void give_up(const char *why) {
    printf("{\"error\":\"%s\",\"errno\":\"%s\",\"started\":%d,\"joined\":%d,\"lost\":%d,\"published\":%u,\"completed\":%u}\n",
           why, strerror(errno), started, joined, lost, published, completed);
    exit(1);
}

static unsigned char *from_hex(const char *text, size_t *size) {
    *size = strlen(text) / 2;
    unsigned char *bytes = malloc(*size + 1);
    for (size_t i = 0; i < *size; i++) {
        unsigned value;
        sscanf(text + 2 * i, "%2x", &value);
        bytes[i] = value;
    }
    return bytes;
}

static size_t from_file(const char *path, void *into, size_t most) {
    FILE *file = fopen(path, "rb");
    if (!file) give_up("cannot read a file named in the options");
    size_t size = fread(into, 1, most, file);
    fclose(file);
    return size;
}

static void send_all(struct client *client, const void *data, size_t size) {
    if (write(client->fd, data, size) != (ssize_t)size) give_up("the server takes no more from a client");
}

/* --- the life of a client --- */

static void lose(struct client *client) {
    if (client->state == LOST) return;
    if (client->state == JOINED) joined--;
    if (client->state <= UPGRADING) connecting--;
    client->state = LOST;
    lost++;
    close(client->fd);
}

static void join(struct client *client) {
    if (client->state == JOINED) return;
    client->state = client->role == STALLER ? STALLED : JOINED;
    joined++;
    if (client->role == STALLER) epoll_ctl(poll_fd, EPOLL_CTL_DEL, client->fd, NULL);
}

static void start(struct client *client) {
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0) give_up("no more sockets");
    int one = 1, small = STALLED_RECEIVE_BYTES;
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (client->role == STALLER) setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(set.port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->began_ns = now_ns();
    client->state = CONNECTING;
    connecting++;
    started++;
    if (connect(client->fd, (void *)&address, sizeof address) < 0 && errno != EINPROGRESS) give_up("cannot connect");
    struct epoll_event event = {.events = EPOLLOUT | EPOLLIN, .data.ptr = client};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, client->fd, &event);
}

static void start_publisher(struct client *client) {
    client->role = PUBLISHER;
    client->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", set.publish_socket);
    if (connect(client->fd, (void *)&address, sizeof address) < 0) give_up("cannot connect to publish");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, client->fd, &event);
    started++;
    join(client);
}

static void ask_for_upgrade(struct client *client) {
    char request[2 * REQUEST_MAX], host[32];
    snprintf(host, sizeof host, "127.0.0.1:%d", set.port);
    int size = write_request(request, client->role == PUBLISHER ? set.publish_path : set.path, host, set.headers);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    epoll_ctl(poll_fd, EPOLL_CTL_MOD, client->fd, &event);
    send_all(client, request, size);
    client->state = UPGRADING;
}

static void say_hello(struct client *client) {
    client->state = SAYING_HELLO;
    connecting--;
    int own = client->role == PUBLISHER && set.publisher_says;
    const unsigned char *hello = own ? set.publisher_hello : set.hello;
    size_t size = own ? set.publisher_hello_size : set.hello_size;
    unsigned char frame[REQUEST_MAX];
    if (size) send_all(client, frame, write_masked(frame, set.text ? OP_TEXT : OP_BINARY, hello, size));
    if (!set.joined_by_size || (own && !size)) join(client);
}

/* --- what is heard --- */

static void hear(struct client *client, uint32_t number, int64_t at_ns) {
    if (number >= published) return;
    if (number < client->heard) {
        doubles++;
        return;
    }
    gaps += number - client->heard;
    client->heard = number + 1;
    deliveries++;
    if (!heard_by[number]++) first_ns[number] = at_ns;
    last_ns[number] = at_ns;
    if (heard_by[number] == set.count) completed++;
    if (number >= (uint32_t)set.warm_up) {
        int64_t bucket = (at_ns - published_ns[number]) / 1000 / BUCKET_US;
        histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    }
}

static void hear_event(struct client *client, const struct frame *frame, int64_t at_ns) {
    int counts = 0;
    int64_t offset = event_offset(frame->payload, frame->size, set.kind, &counts);
    if (offset < 0) return;
    if (client->offset && offset > client->offset + 1) gaps += offset - client->offset - 1;
    if (client->offset && offset <= client->offset) {
        doubles++; /* pages ignore it: an event may be sent again, never left out */
        return;
    }
    client->offset = offset;
    if (counts) hear(client, client->heard, at_ns);
}

static void take_frame(struct client *client, const struct frame *frame, int64_t at_ns) {
    if (frame->opcode == OP_PING) {
        unsigned char pong[CONTROL_MAX + FRAME_HEAD_MAX];
        send_all(client, pong, write_masked(pong, OP_PONG, frame->payload, frame->size));
        return;
    }
    if (frame->opcode == OP_CLOSE) lose(client);
    if (frame->opcode >= OP_CLOSE) return;
    if (client->state == SAYING_HELLO && set.joined_by_size &&
        memmem(frame->payload, frame->size, set.joined_by, set.joined_by_size))
        join(client);
    if (set.storm_bytes) {
        if (!client->done && frame->size >= (uint64_t)set.storm_bytes) {
            client->done = 1;
            storm_ns[done++] = at_ns - client->began_ns;
        }
    } else if (client->role == LISTENER && set.kind) {
        hear_event(client, frame, at_ns);
    } else if (client->role == LISTENER) {
        const char *at = frame->payload, *end = at + frame->size;
        for (int64_t number; (number = next_mark(&at, end)) >= 0;) hear(client, number, at_ns);
    }
}

static void take_answer(const char *at, const char *end) {
    if (*at == '-' || memmem(at, end - at, "refused", 7)) {
        fprintf(stderr, "%.*s\n", (int)(end - at < 300 ? end - at : 300), at);
        give_up("a publication was refused");
    }
}

/* Gives where the frames begin, or NULL where the answer has not come whole or is none. */
static char *take_upgrade(struct client *client, char *at, char *end) {
    char *body = memmem(at, end - at, "\r\n\r\n", 4);
    if (!body) return NULL;
    if (memcmp(at, "HTTP/1.1 101", 12)) {
        fprintf(stderr, "%.*s\n", (int)(body - at), at);
        lose(client);
        return NULL;
    }
    say_hello(client);
    return body + 4;
}

static void on_readable(struct client *client) {
    size_t kept = client->rest_size;
    if (kept) memcpy(incoming, client->rest, kept);
    free(client->rest);
    client->rest = NULL;
    client->rest_size = 0;
    ssize_t size = read(client->fd, incoming + kept, READ_MAX - kept);
    if (size <= 0 && !(size < 0 && errno == EAGAIN)) {
        lose(client);
        return;
    }
    int64_t at_ns = now_ns();
    char *at = incoming, *end = incoming + kept + (size > 0 ? size : 0);
    if (client->role == PUBLISHER && set.publish_socket) {
        take_answer(at, end);
        return;
    }
    if (client->state == UPGRADING) {
        char *frames = take_upgrade(client, at, end);
        if (frames) at = frames;
    }
    struct frame frame;
    while (client->state >= SAYING_HELLO && client->state != LOST && read_frame(at, end, &frame)) {
        take_frame(client, &frame, at_ns);
        at = (char *)frame.end;
    }
    if (at < end && client->state != LOST) {
        client->rest_size = end - at;
        client->rest = malloc(client->rest_size);
        memcpy(client->rest, at, client->rest_size);
    }
}

static void poll_once(int wait_ms) {
    static struct epoll_event events[1024];
    int count = epoll_wait(poll_fd, events, 1024, wait_ms);
    for (int i = 0; i < count; i++) {
        struct client *client = events[i].data.ptr;
        if (client->state == LOST || client->state == STALLED) continue;
        if (client->state != CONNECTING) {
            on_readable(client);
        } else if (events[i].events & (EPOLLERR | EPOLLHUP)) {
            lose(client);
        } else if (events[i].events & EPOLLOUT) {
            ask_for_upgrade(client);
        }
    }
    if (now_ns() > deadline_ns) give_up("it takes too long");
}

/* --- what is measured --- */

static void publish(struct client *publisher) {
    char number[MARK_DIGITS + 1];
    snprintf(number, sizeof number, "%08x", published);
    for (char *mark = set.mark; mark; mark = memmem(mark, (char *)set.template + set.template_size - mark, MARK, 2)) {
        memcpy(mark + 2, number, MARK_DIGITS);
        mark += 2;
    }
    published_ns[published++] = now_ns();
    if (set.publish_socket) {
        send_all(publisher, set.template, set.template_size);
    } else {
        static unsigned char frame[TEMPLATE_MAX + FRAME_HEAD_MAX];
        size_t size = write_masked(frame, set.text ? OP_TEXT : OP_BINARY, set.template, set.template_size);
        send_all(publisher, frame, size);
    }
}

static void publish_until(struct client *publisher, uint32_t end) {
    int64_t began_ns = now_ns();
    uint32_t before = published;
    while (completed < end) {
        if (set.rate > 0) {
            while (published < end && now_ns() >= began_ns + (int64_t)((published - before) * 1e9 / set.rate)) publish(publisher);
        } else {
            while (published < end && published - completed < (uint32_t)set.window) publish(publisher);
        }
        poll_once(0);
        if (lost > 0) give_up("a connection was lost while publishing");
    }
}

static void connect_all(void) {
    while (set.storm_bytes ? done + lost < set.count : joined < total) {
        while (started < total && (!set.connecting_max || connecting < set.connecting_max)) {
            struct client *client = &clients[started];
            client->role = started < set.count ? LISTENER : started < set.count + set.stalled ? STALLER : PUBLISHER;
            if (client->role == PUBLISHER && set.publish_socket) {
                start_publisher(client);
            } else {
                start(client);
            }
        }
        poll_once(set.storm_bytes ? 0 : 10);
        if (lost && !set.storm_bytes) give_up("a connection was lost while connecting");
    }
}

static void rest_ms(int64_t ms) {
    for (int64_t until = now_ns() + ms * 1000000; now_ns() < until;) poll_once(10);
}

static int by_size(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static double share_ms(int64_t *sorted_ns, int count, double share) {
    return count ? sorted_ns[(int)(share * (count - 1) + 0.5)] / 1e6 : 0;
}

static double share_of_histogram_ms(double share) {
    uint64_t all = 0, so_far = 0;
    for (int i = 0; i < BUCKETS; i++) all += histogram[i];
    for (int i = 0; i < BUCKETS; i++)
        if ((so_far += histogram[i]) >= share * all) return (i + 1) * BUCKET_US / 1e3;
    return 0;
}

static double own_cpu_s(void) {
    struct rusage own;
    getrusage(RUSAGE_SELF, &own);
    return own.ru_utime.tv_sec + own.ru_stime.tv_sec + (own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6;
}

static void tell_fan_out(struct client *publisher) {
    rest_ms(SETTLE_MS);
    publish_until(publisher, set.warm_up);
    struct usage before = usage_of(set.pids), other_before = usage_of(set.other_pids);
    double own_before = own_cpu_s();
    uint64_t delivered_before = deliveries;
    int64_t began_ns = now_ns();
    publish_until(publisher, set.warm_up + set.measured);
    double wall_s = (now_ns() - began_ns) / 1e9;
    struct usage after = usage_of(set.pids), other_after = usage_of(set.other_pids);
    double user_s = after.user_s - before.user_s, system_s = after.system_s - before.system_s;
    double other_s = other_after.user_s + other_after.system_s - other_before.user_s - other_before.system_s;
    uint64_t heard = deliveries - delivered_before;
    int64_t *to_last = calloc(set.measured, sizeof *to_last);
    for (int i = 0; i < set.measured; i++) to_last[i] = last_ns[set.warm_up + i] - published_ns[set.warm_up + i];
    int64_t ends[2] = {0, 0}; /* mean time to the last listener in the first and in the last tenth */
    int tenth = set.measured / 10 ? set.measured / 10 : 1;
    for (int i = 0; i < tenth; i++) {
        ends[0] += to_last[i] / tenth;
        ends[1] += to_last[set.measured - 1 - i] / tenth;
    }
    qsort(to_last, set.measured, sizeof *to_last, by_size);
    printf("{\"listeners\":%d,\"published\":%d,\"deliveries\":%lu,\"gaps\":%lu,\"doubles\":%lu,\"wall_s\":%.3f,"
           "\"cpu_s\":%.3f,\"user_s\":%.3f,\"system_s\":%.3f,\"other_cpu_s\":%.3f,\"client_cpu_s\":%.3f,"
           "\"cpu_s_per_million\":%.4f,\"each_p50_ms\":%.3f,\"each_p99_ms\":%.3f,\"last_p50_ms\":%.3f,\"last_p99_ms\":%.3f,"
           "\"first_tenth_ms\":%.3f,\"last_tenth_ms\":%.3f}\n",
           set.count, set.measured, heard, gaps, doubles, wall_s, user_s + system_s, user_s, system_s, other_s,
           own_cpu_s() - own_before, heard ? (user_s + system_s) * 1e6 / heard : 0, share_of_histogram_ms(0.5),
           share_of_histogram_ms(0.99), share_ms(to_last, set.measured, 0.5), share_ms(to_last, set.measured, 0.99),
           ends[0] / 1e6, ends[1] / 1e6);
}

static void tell_storm(struct usage before, int64_t began_ns) {
    double wall_s = (now_ns() - began_ns) / 1e9;
    struct usage after = usage_of(set.pids);
    qsort(storm_ns, done, sizeof *storm_ns, by_size);
    printf("{\"listeners\":%d,\"done\":%d,\"lost\":%d,\"wall_s\":%.4f,\"each_p50_ms\":%.2f,\"each_p99_ms\":%.2f,"
           "\"cpu_s\":%.3f,\"client_cpu_s\":%.3f}\n",
           set.count, done, lost, wall_s, share_ms(storm_ns, done, 0.5), share_ms(storm_ns, done, 0.99),
           after.user_s + after.system_s - before.user_s - before.system_s, own_cpu_s());
}

static void tell_idle(struct usage before) {
    rest_ms(set.idle_s * 1000);
    struct usage joined_all = usage_of(set.pids);
    double kb = joined_all.resident_kb - before.resident_kb;
    printf("{\"listeners\":%d,\"before_kb\":%ld,\"resident_kb\":%ld,\"kb_each\":%.2f}\n", set.count, before.resident_kb,
           joined_all.resident_kb, kb / set.count);
}

static void read_options(int count, char **words) {
    for (int option; (option = getopt(count, words, "p:n:s:H:o:tr:c:q:k:K:m:u:w:R:x:i:P:U:T:e:O:d:")) != -1;) switch (option) {
            case 'p': set.port = atoi(optarg); break;
            case 'n': set.count = atoi(optarg); break;
            case 's': set.path = optarg; break;
            case 'H': set.headers[from_file(optarg, set.headers, REQUEST_MAX - 1)] = 0; break;
            case 'o': set.hello = from_hex(optarg, &set.hello_size); break;
            case 't': set.text = 1; break;
            case 'r': set.joined_by = from_hex(optarg, &set.joined_by_size); break;
            case 'c': set.connecting_max = atoi(optarg); break;
            case 'q': set.stalled = atoi(optarg); break;
            case 'k': set.pids = optarg; break;
            case 'K': set.other_pids = optarg; break;
            case 'm': set.measured = atoi(optarg); break;
            case 'u': set.warm_up = atoi(optarg); break;
            case 'w': set.window = atoi(optarg); break;
            case 'R': set.rate = atof(optarg); break;
            case 'x': set.storm_bytes = atoi(optarg); break;
            case 'i': set.idle_s = atoi(optarg); break;
            case 'P': set.publish_path = optarg; break;
            case 'U': set.publish_socket = optarg; break;
            case 'T': set.template_size = from_file(optarg, set.template, TEMPLATE_MAX - 1); break;
            case 'e': set.kind = optarg; break;
            case 'O': set.publisher_hello = from_hex(optarg, &set.publisher_hello_size), set.publisher_says = 1; break;
            case 'd': set.give_up_s = atoi(optarg); break;
            default: exit(2);
        }
    set.mark = memmem(set.template, set.template_size, MARK, 2);
    char *run = memmem(set.template, set.template_size, RUN_MARK, 2), number[MARK_DIGITS + 1];
    if (run) {
        snprintf(number, sizeof number, "%08x", (unsigned)(now_ns() >> 10));
        memcpy(run + 2, number, MARK_DIGITS);
    }
    int wanted = !!set.measured + !!set.storm_bytes + !!set.idle_s;
    if (!set.port || wanted != 1 || (set.measured && !set.mark)) {
        fprintf(stderr, "usage: see the head of listeners.c\n");
        exit(2);
    }
}

int main(int count, char **words) {
    read_options(count, words);
    total = set.count + set.stalled + !!set.measured;
    struct rlimit files = {total + 64, total + 64};
    setrlimit(RLIMIT_NOFILE, &files);
    poll_fd = epoll_create1(0);
    deadline_ns = now_ns() + set.give_up_s * 1000000000LL;
    int publications = set.warm_up + set.measured;
    clients = calloc(total, sizeof *clients);
    published_ns = calloc(publications, sizeof *published_ns);
    first_ns = calloc(publications, sizeof *first_ns);
    last_ns = calloc(publications, sizeof *last_ns);
    heard_by = calloc(publications, sizeof *heard_by);
    storm_ns = calloc(set.count + 1, sizeof *storm_ns);
    struct usage before = usage_of(set.pids);
    int64_t began_ns = now_ns();
    connect_all();
    if (set.storm_bytes) {
        tell_storm(before, began_ns);
    } else if (set.idle_s) {
        tell_idle(before);
    } else {
        tell_fan_out(&clients[total - 1]);
    }
    return 0;
}
