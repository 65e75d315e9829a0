#include "state.h"

#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512 };

static node *nodes;
static entry *entries;
static renaming *renamings;
static size_t renaming_count, renaming_room;
static uint64_t dice;

/* SplitMix64 (Steele, Lea, Flood 2014), as BellmanTesting has it. */
uint64_t state_random(void) {
    uint64_t mixed = dice += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

void state_seed(uint64_t seed) { dice = seed; }

size_t state_below(size_t bound) { return bound ? (size_t)(state_random() % bound) : 0; }

/* Bytes. */

static int bytes_reserve(bytes *to, size_t size) {
    if (size <= to->room) return 0;
    size_t room = to->room ? to->room : 4096;
    while (room < size) room *= 2;
    unsigned char *data = realloc(to->data, room);
    if (!data) return -1;
    to->data = data;
    to->room = room;
    return 0;
}

static int bytes_resize(bytes *to, size_t size, unsigned char filler) {
    if (bytes_reserve(to, size)) return -1;
    if (size > to->size) memset(to->data + to->size, filler, size - to->size);
    to->size = size;
    return 0;
}

int bytes_write(bytes *to, const void *data, size_t length, size_t offset, unsigned char filler) {
    if (offset + length > to->size && bytes_resize(to, offset + length, filler)) return -1;
    if (length) memcpy(to->data + offset, data, length);
    return 0;
}

void bytes_free(bytes *of) {
    free(of->data);
    memset(of, 0, sizeof *of);
}

/* Files and names. */

node *state_node(void) {
    node *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->next = nodes;
    nodes = made;
    return made;
}

entry *state_entries(void) { return entries; }

entry *state_entry(const char *path, int make) {
    for (entry *each = entries; each; each = each->next)
        if (strcmp(each->path, path) == 0) return each;
    if (!make) return NULL;
    entry *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->path = strdup(path);
    made->next = entries;
    entries = made;
    return made;
}

static void drop_changes(node *file) {
    for (size_t at = 0; at < file->count; at++) free(file->changes[at].data);
    file->count = 0;
}

void state_clear(void) {
    while (nodes) {
        node *gone = nodes;
        nodes = gone->next;
        drop_changes(gone);
        free(gone->changes);
        bytes_free(&gone->durable);
        free(gone);
    }
    while (entries) {
        entry *gone = entries;
        entries = gone->next;
        free(gone->path);
        free(gone);
    }
    renaming_count = 0;
}

void state_name(entry *at, node *to) {
    at->now = to;
    if (renaming_count == renaming_room) {
        size_t room = renaming_room ? renaming_room * 2 : 16;
        renaming *more = realloc(renamings, room * sizeof *more);
        if (!more) return;
        renamings = more;
        renaming_room = room;
    }
    renamings[renaming_count++] = (renaming){at, to};
}

void state_sync_folder(void) {
    for (size_t at = 0; at < renaming_count; at++) renamings[at].at->durable = renamings[at].to;
    renaming_count = 0;
}

size_t state_surviving_names(void) { return state_below(renaming_count + 1); }

node *state_name_after(const entry *at, size_t changes) {
    node *found = at->durable;
    for (size_t index = 0; index < changes; index++)
        if (renamings[index].at == at) found = renamings[index].to;
    return found;
}

/* Writes. */

static int note(node *file, change made) {
    if (file->count == file->room) {
        size_t room = file->room ? file->room * 2 : 16;
        change *more = realloc(file->changes, room * sizeof *more);
        if (!more) return -1;
        file->changes = more;
        file->room = room;
    }
    file->changes[file->count++] = made;
    return 0;
}

int state_write(node *file, const void *data, size_t length, size_t offset) {
    unsigned char *copy = malloc(length ? length : 1);
    if (!copy) return -1;
    memcpy(copy, data, length);
    return note(file, (change){offset, length, copy});
}

int state_truncate(node *file, size_t size) { return note(file, (change){size, 0, NULL}); }

static int apply(bytes *to, const change *made, unsigned char filler) {
    if (made->data) return bytes_write(to, made->data, made->length, made->offset, filler);
    return bytes_resize(to, made->offset, filler);
}

void state_sync(node *file) {
    for (size_t at = 0; at < file->count; at++) apply(&file->durable, &file->changes[at], 0);
    drop_changes(file);
}

long state_unsynced(void) {
    size_t sum = 0;
    for (node *each = nodes; each; each = each->next)
        for (size_t at = 0; at < each->count; at++) sum += each->changes[at].length;
    return (long)sum;
}

/* Some sectors of one write; where it is torn, the last of them ends at any byte. */
static int survive(bytes *to, const change *made, int survivors, int is_torn, int tears_neighbour, unsigned char filler) {
    size_t done = 0;
    while (done < made->length) {
        size_t begin = made->offset + done;
        size_t length = SECTOR - begin % SECTOR;
        if (length > made->length - done) length = made->length - done;
        int is_last = done + length == made->length;
        if (state_below(100) < (size_t)survivors) {
            size_t kept = is_last && is_torn ? state_below(length + 1) : length;
            if (bytes_write(to, made->data + done, kept, begin, filler)) return -1;
            if (tears_neighbour && is_torn && begin >= SECTOR) memset(to->data + begin - SECTOR, 0xA5, SECTOR / 2);
        }
        done += length;
    }
    return 0;
}

int state_image(const node *file, int survivors, int tears_neighbour, bytes *image) {
    memset(image, 0, sizeof *image);
    if (bytes_write(image, file->durable.data, file->durable.size, 0, 0)) return -1;
    /* What lies between two writes that survived was never written: zeros, or what the disk held there before. */
    unsigned char filler = survivors != KEEP_ALL && state_below(4) == 0 ? 0x5A : 0;
    for (size_t at = 0; at < file->count; at++) {
        const change *made = &file->changes[at];
        int failed = 0;
        if (survivors == KEEP_ALL)
            failed = apply(image, made, 0);
        else if (made->data)
            failed = survive(image, made, survivors, at + 1 == file->count, tears_neighbour, filler);
        else if (state_below(100) < (size_t)survivors)
            failed = apply(image, made, filler);
        if (failed) return -1;
    }
    return 0;
}
