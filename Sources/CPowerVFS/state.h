/* What the disk holds for certain, and what was written since. */
#ifndef BELLMAN_POWER_STATE_H
#define BELLMAN_POWER_STATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct bytes {
    unsigned char *data;
    size_t size, room;
} bytes;

/* A write, or with `data` NULL a change of the size to `offset`. */
typedef struct change {
    size_t offset, length;
    unsigned char *data;
} change;

/* A file whatever its name: an inode. */
typedef struct node {
    bytes durable;
    change *changes;
    size_t count, room;
    struct node *next;
} node;

/* A name in the folder. `now` is what the process sees under it, NULL for none. */
typedef struct entry {
    char *path;
    node *durable, *now;
    struct entry *next;
} entry;

/* One change of the folder that no directory sync covers yet. */
typedef struct renaming {
    entry *at;
    node *to;
} renaming;

node *state_node(void);
entry *state_entry(const char *path, int make);
entry *state_entries(void);
void state_clear(void);

void state_name(entry *at, node *to);
void state_sync_folder(void);

int state_write(node *file, const void *data, size_t length, size_t offset);
int state_truncate(node *file, size_t size);
void state_sync(node *file);
long state_unsynced(void);

/* The durable content with all changes, with those that survive by the dice, or with none. */
enum { KEEP_ALL = 100, KEEP_NONE = 0 };
int state_image(const node *file, int survivors, int tears_neighbour, bytes *image);

/* How many of the folder's changes survive, by the dice: a journalling file system keeps their order. */
size_t state_surviving_names(void);

/* What a name leads to when so many of the folder's changes survived; NULL for nothing. */
node *state_name_after(const entry *at, size_t changes);

void state_seed(uint64_t seed);
uint64_t state_random(void);
size_t state_below(size_t bound);

int bytes_write(bytes *to, const void *data, size_t length, size_t offset, unsigned char filler);
void bytes_free(bytes *of);

#endif
