/* CPU time and memory of other processes, read from /proc. */
#ifndef USAGE_H
#define USAGE_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct usage {
    double user_s, system_s;
    long resident_kb;
};

/* Adds up the processes in `pids`, which are separated by commas. */
static inline struct usage usage_of(const char *pids) {
    struct usage sum = {0};
    long ticks = sysconf(_SC_CLK_TCK), page_kb = sysconf(_SC_PAGESIZE) / 1024;
    char list[512], *rest = list, *pid;
    snprintf(list, sizeof list, "%s", pids ? pids : "");
    while ((pid = strsep(&rest, ","))) {
        char path[64], text[2048];
        snprintf(path, sizeof path, "/proc/%s/stat", pid);
        FILE *file = fopen(path, "r");
        if (!file) continue;
        size_t size = fread(text, 1, sizeof text - 1, file);
        fclose(file);
        text[size] = 0;
        char *after_name = strrchr(text, ')');
        unsigned long user, system;
        long pages;
        if (after_name && sscanf(after_name + 2,
                                 "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %*d %*d %*d %*d %*u %*u %ld",
                                 &user, &system, &pages) == 3) {
            sum.user_s += (double)user / ticks;
            sum.system_s += (double)system / ticks;
            sum.resident_kb += pages * page_kb;
        }
    }
    return sum;
}

#endif
