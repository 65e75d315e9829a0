#include "memory.h"

#include <stdlib.h>
#include <string.h>

int memory_log_write(memory_log *log, const void *from, size_t length, size_t offset) {
    size_t end = offset + length;
    if (end > log->room) {
        size_t room = log->room ? log->room : 65536;
        while (room < end) room *= 2;
        unsigned char *data = realloc(log->data, room);
        if (!data) return -1;
        log->data = data;
        log->room = room;
    }
    if (offset > log->size) memset(log->data + log->size, 0, offset - log->size);
    memcpy(log->data + offset, from, length);
    if (end > log->size) log->size = end;
    return 0;
}

size_t memory_log_read(const memory_log *log, void *to, size_t length, size_t offset) {
    size_t there = offset < log->size ? log->size - offset : 0;
    if (there > length) there = length;
    if (there) memcpy(to, log->data + offset, there);
    if (there < length) memset((unsigned char *)to + there, 0, length - there);
    return there;
}

void memory_log_cut(memory_log *log, size_t size) {
    if (size < log->size) log->size = size;
}

void memory_log_free(memory_log *log) {
    free(log->data);
    memset(log, 0, sizeof *log);
}

enum { LEAF = 1024 };

struct memory_leaf {
    unsigned char *blocks[LEAF];
};

static struct memory_leaf *leaf(memory_pages *pages, size_t number) {
    if (number >= pages->count) {
        size_t count = pages->count ? pages->count : 16;
        while (count <= number) count *= 2;
        struct memory_leaf **leaves = realloc(pages->leaves, count * sizeof *leaves);
        if (!leaves) return NULL;
        memset(leaves + pages->count, 0, (count - pages->count) * sizeof *leaves);
        pages->leaves = leaves;
        pages->count = count;
    }
    if (!pages->leaves[number]) pages->leaves[number] = calloc(1, sizeof(struct memory_leaf));
    return pages->leaves[number];
}

int memory_pages_write(memory_pages *pages, const unsigned char *from, size_t length, size_t offset) {
    for (size_t done = 0; done < length; done += MEMORY_BLOCK) {
        size_t block = (offset + done) / MEMORY_BLOCK;
        struct memory_leaf *at = leaf(pages, block / LEAF);
        if (!at) return -1;
        unsigned char **place = &at->blocks[block % LEAF];
        if (!*place && !(*place = malloc(MEMORY_BLOCK))) return -1;
        memcpy(*place, from + done, MEMORY_BLOCK);
    }
    return 0;
}

void memory_pages_overlay(const memory_pages *pages, unsigned char *to, size_t length, size_t offset) {
    for (size_t done = 0; done < length;) {
        size_t at = offset + done, block = at / MEMORY_BLOCK, within = at % MEMORY_BLOCK;
        size_t part = MEMORY_BLOCK - within;
        if (part > length - done) part = length - done;
        const struct memory_leaf *one = block / LEAF < pages->count ? pages->leaves[block / LEAF] : NULL;
        if (one && one->blocks[block % LEAF]) memcpy(to + done, one->blocks[block % LEAF] + within, part);
        done += part;
    }
}

void memory_pages_free(memory_pages *pages) {
    for (size_t number = 0; number < pages->count; number++) {
        if (!pages->leaves[number]) continue;
        for (size_t block = 0; block < LEAF; block++) free(pages->leaves[number]->blocks[block]);
        free(pages->leaves[number]);
    }
    free(pages->leaves);
    memset(pages, 0, sizeof *pages);
}
