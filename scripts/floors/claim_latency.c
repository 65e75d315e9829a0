// The least time from "status changed" to the request at its receiver when the notice is durable and claimed durably:
// a writer commits the change with its outbox row and wakes a relay through a socket; the relay reads the row, commits
// its claim and posts over a kept connection to a sink on loopback. Three threads, a connection to the database each.
// usage: claim_latency DATABASE EVENTS
#include "floor.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { gap_microseconds = 2000, tasks = 100000, body_bytes = 700 };

static const char *path;
static long events;
static double *begun, *arrived;
static int wake[2], listener;

static size_t ignore(char *data, size_t size, size_t count, void *context) { return size * count; }

static void *sink(void *unused) {
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    int peer = accept(listener, NULL, NULL), on = 1;
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    char bytes[8192];
    size_t length = 0;
    for (long got = 0; got < events;) {
        ssize_t count = read(peer, bytes + length, sizeof bytes - 1 - length);
        if (count <= 0) break;
        double now = wall_microseconds();
        length += count;
        bytes[length] = 0;
        char *number = strstr(bytes, "{\"n\":");
        if (!number || !strstr(number, "\"}")) continue;
        arrived[atol(number + 5)] = now;
        got++;
        length = 0;
        if (write(peer, answer, sizeof answer - 1) < 0) break;
    }
    return NULL;
}

static void *relay(void *port) {
    sqlite3 *db = open_database(path);
    sqlite3_stmt *next = prepare(db, "SELECT id, body FROM outbox WHERE state = 0 AND id > ? ORDER BY id LIMIT 1");
    sqlite3_stmt *claim = prepare(db, "UPDATE outbox SET state = 1 WHERE id = ?");
    CURL *easy = curl_easy_init();
    char url[64], body[body_bytes], word;
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", *(int *)port);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
    for (sqlite3_int64 last = 0; last < events;) {
        if (read(wake[0], &word, 1) != 1) break;
        sqlite3_bind_int64(next, 1, last);
        int found = sqlite3_step(next) == SQLITE_ROW;
        if (found) {
            last = sqlite3_column_int64(next, 0);
            snprintf(body, sizeof body, "%s", sqlite3_column_text(next, 1));
        }
        sqlite3_reset(next);
        if (!found) continue;
        sqlite3_bind_int64(claim, 1, last);
        run(claim);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
        if (curl_easy_perform(easy) != CURLE_OK) fprintf(stderr, "a post failed\n");
    }
    return NULL;
}

static int listening(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 8)) exit(1);
    getsockname(listener, (struct sockaddr *)&address, &length);
    return ntohs(address.sin_port);
}

static void change(sqlite3 *db) {
    sqlite3_stmt *update = prepare(db, "UPDATE task SET status = ? WHERE id = ?");
    sqlite3_stmt *queue = prepare(db, "INSERT INTO outbox (id, state, body) VALUES (?, 0, ?)");
    char body[body_bytes], words[520];
    memset(words, 'x', sizeof words - 1);
    words[sizeof words - 1] = 0;
    for (long i = 1; i <= events; i++) {
        usleep(gap_microseconds);
        snprintf(body, sizeof body, "{\"n\":%ld,\"text\":\"%s\"}", i, words);
        begun[i] = wall_microseconds();
        sql(db, "BEGIN IMMEDIATE");
        sqlite3_bind_int64(update, 1, i);
        sqlite3_bind_int64(update, 2, 1 + i * 37 % tasks);
        run(update);
        sqlite3_bind_int64(queue, 1, i);
        sqlite3_bind_text(queue, 2, body, -1, SQLITE_STATIC);
        run(queue);
        sql(db, "COMMIT");
        if (write(wake[1], "w", 1) != 1) exit(1);
    }
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    path = argv[1];
    events = atol(argv[2]);
    begun = calloc(events + 1, sizeof *begun);
    arrived = calloc(events + 1, sizeof *arrived);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    sqlite3 *db = open_database(path);
    sql(db, "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT, status INTEGER);"
            "CREATE TABLE outbox (id INTEGER PRIMARY KEY, state INTEGER NOT NULL, body TEXT NOT NULL);"
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
            " INSERT INTO task SELECT i, 'Task ' || i, 0 FROM n; PRAGMA wal_checkpoint(TRUNCATE)");
    int port = listening();
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, wake)) return 1;
    pthread_t receiver, sender;
    pthread_create(&receiver, NULL, sink, NULL);
    pthread_create(&sender, NULL, relay, &port);
    change(db);
    pthread_join(sender, NULL);
    pthread_join(receiver, NULL);
    double *latencies = calloc(events, sizeof *latencies);
    for (long i = 1; i <= events; i++) latencies[i - 1] = arrived[i] - begun[i];
    qsort(latencies, events, sizeof *latencies, ascending);
    printf("claim_floor_p50 %.0f us\n", latencies[events / 2]);
    printf("claim_floor_p99 %.0f us\n", latencies[events * 99 / 100]);
    return 0;
}
