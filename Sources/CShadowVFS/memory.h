/* Bytes in memory: the log, and the pages of a database that were written. */
#ifndef BELLMAN_SHADOW_MEMORY_H
#define BELLMAN_SHADOW_MEMORY_H

#include <stddef.h>
#include <stdint.h>

typedef struct memory_log {
    unsigned char *data;
    size_t size, room;
} memory_log;

/* 0, or -1 when there is no memory. */
int memory_log_write(memory_log *log, const void *from, size_t length, size_t offset);
/* How many bytes there were; the rest of `to` is filled with zeros. */
size_t memory_log_read(const memory_log *log, void *to, size_t length, size_t offset);
void memory_log_cut(memory_log *log, size_t size);
void memory_log_free(memory_log *log);

enum { MEMORY_BLOCK = 512 };

/* Written blocks by their number, a leaf for each run of 1,024. */
typedef struct memory_pages {
    struct memory_leaf **leaves;
    size_t count;
} memory_pages;

/* `offset` and `length` are multiples of MEMORY_BLOCK. 0, or -1 when there is no memory. */
int memory_pages_write(memory_pages *pages, const unsigned char *from, size_t length, size_t offset);
/* Lays what was written over `to`, which holds what the file has. */
void memory_pages_overlay(const memory_pages *pages, unsigned char *to, size_t length, size_t offset);
void memory_pages_free(memory_pages *pages);

#endif
