/* A view of a SQLite database in which everything can be written and nothing of it stays.
 *
 * The VFS "bellman-shadow" opens a database in WAL mode read-only, as it is at that moment: its log is copied into
 * memory, and so is what is written later, a page at a time. Neither the file nor its log nor their locks change, and
 * whoever uses the database meanwhile notices nothing but that its log is kept until the shadow is closed. Memory
 * follows the log's size and the pages that are written, not the database's size. */
#ifndef BELLMAN_CSHADOWVFS_H
#define BELLMAN_CSHADOWVFS_H

#define SHADOW_VFS_NAME "bellman-shadow"

/* Makes the VFS known to SQLite, once for the process. 0 when it is; otherwise SQLite's code. */
int shadow_register(void);

#endif
