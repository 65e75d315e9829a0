// The least that a durable notifier does, in C on one thread: a range query to the date index, a body, an outbox row
// with a unique key (1,000 in a commit); then libcurl's multi interface with 64 in flight, and for each answer the
// mark and an attempt row, 256 in a commit. Every commit is synchronous.
// usage: pipeline DATABASE URL NOTICES
#include "floor.h"

#include <curl/curl.h>
#include <string.h>

enum { in_flight = 64, queued_in_commit = 1000, marked_in_commit = 256, others = 9, body_bytes = 1024 };

struct job {
    sqlite3_int64 row;
    char body[body_bytes];
    CURL *easy;
};

static size_t ignore(char *data, size_t size, size_t count, void *context) { return size * count; }

static void fill(sqlite3 *db, long wanted) {
    sql(db, "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT NOT NULL, due INTEGER NOT NULL);"
            "CREATE INDEX task_due ON task (due);"
            "CREATE TABLE outbox (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, state TEXT NOT NULL,"
            " body TEXT NOT NULL);"
            "CREATE INDEX outbox_open ON outbox (id) WHERE state = 'waiting';"
            "CREATE TABLE attempt (id INTEGER PRIMARY KEY, notice INTEGER NOT NULL, at INTEGER NOT NULL,"
            " answer TEXT NOT NULL); BEGIN");
    sqlite3_stmt *insert = prepare(db, "INSERT INTO task (title, due) VALUES (?, ?)");
    for (long i = 0; i < wanted * (others + 1); i++) {
        char title[96];
        snprintf(title, sizeof title, "Renew the contract with supplier %ld", i);
        sqlite3_bind_text(insert, 1, title, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(insert, 2, i % (others + 1) == 0 ? 1000 : 5000 + i);
        run(insert);
    }
    sqlite3_finalize(insert);
    sql(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

static long decide(sqlite3 *db) {
    char words[400];
    memset(words, 'x', sizeof words - 1);
    words[sizeof words - 1] = 0;
    sqlite3_stmt *due = prepare(db, "SELECT id, title FROM task WHERE due > 900 AND due <= 1000");
    sqlite3_stmt *insert = prepare(db, "INSERT OR IGNORE INTO outbox (key, state, body) VALUES (?, 'waiting', ?)");
    long queued = 0;
    sql(db, "BEGIN IMMEDIATE");
    while (sqlite3_step(due) == SQLITE_ROW) {
        char key[64], body[body_bytes];
        long id = sqlite3_column_int64(due, 0);
        snprintf(key, sizeof key, "contract-expiry/task-%ld/due=-P7D", id);
        snprintf(body, sizeof body, "{\"id\":\"n-%ld\",\"title\":\"%s\",\"text\":\"expires in 7 days. %s\"}", id,
                 sqlite3_column_text(due, 1), words);
        sqlite3_bind_text(insert, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, body, -1, SQLITE_STATIC);
        run(insert);
        if (++queued % queued_in_commit == 0) sql(db, "COMMIT; BEGIN IMMEDIATE");
    }
    sql(db, "COMMIT");
    sqlite3_finalize(due);
    sqlite3_finalize(insert);
    return queued;
}

static void mark(sqlite3 *db, const sqlite3_int64 *rows, int count) {
    static sqlite3_stmt *sent, *attempt;
    if (!sent) {
        sent = prepare(db, "UPDATE outbox SET state = 'sent' WHERE id = ?");
        attempt = prepare(db, "INSERT INTO attempt (notice, at, answer) VALUES (?, 1700000000, '200 ok')");
    }
    sql(db, "BEGIN IMMEDIATE");
    for (int i = 0; i < count; i++) {
        sqlite3_bind_int64(sent, 1, rows[i]);
        run(sent);
        sqlite3_bind_int64(attempt, 1, rows[i]);
        run(attempt);
    }
    sql(db, "COMMIT");
}

static long deliver(sqlite3 *db, const char *url, long wanted) {
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)in_flight);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    static struct job jobs[in_flight];
    struct job *idle[in_flight];
    int idles = in_flight;
    for (int i = 0; i < in_flight; i++) {
        idle[i] = &jobs[i];
        jobs[i].easy = curl_easy_init();
        curl_easy_setopt(jobs[i].easy, CURLOPT_URL, url);
        curl_easy_setopt(jobs[i].easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(jobs[i].easy, CURLOPT_WRITEFUNCTION, ignore);
        curl_easy_setopt(jobs[i].easy, CURLOPT_PRIVATE, &jobs[i]);
    }
    sqlite3_stmt *next = prepare(db, "SELECT id, body FROM outbox WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?");
    sqlite3_int64 last = 0, done[marked_in_commit];
    long finished = 0, failed = 0;
    int unmarked = 0, exhausted = 0;
    while (finished < wanted) {
        if (idles > 0 && !exhausted) {
            sqlite3_bind_int64(next, 1, last);
            sqlite3_bind_int(next, 2, idles);
            while (idles > 0 && sqlite3_step(next) == SQLITE_ROW) {
                struct job *job = idle[--idles];
                job->row = last = sqlite3_column_int64(next, 0);
                snprintf(job->body, body_bytes, "%s", sqlite3_column_text(next, 1));
                curl_easy_setopt(job->easy, CURLOPT_POSTFIELDS, job->body);
                curl_multi_add_handle(multi, job->easy);
            }
            sqlite3_reset(next);
            exhausted = idles > 0;
        }
        int running, waiting;
        curl_multi_perform(multi, &running);
        CURLMsg *message;
        while ((message = curl_multi_info_read(multi, &waiting))) {
            struct job *job;
            long status = 0;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&job);
            curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
            if (message->data.result != CURLE_OK || status != 200) failed++;
            curl_multi_remove_handle(multi, job->easy);
            idle[idles++] = job;
            done[unmarked++] = job->row;
            finished++;
            if (unmarked == marked_in_commit || finished == wanted) {
                mark(db, done, unmarked);
                unmarked = 0;
            }
        }
        if (finished < wanted && (idles == 0 || exhausted)) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    return failed;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    long wanted = atol(argv[3]);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    sqlite3 *db = open_database(argv[1]);
    fill(db, wanted);
    double start = cpu_microseconds();
    if (decide(db) != wanted) return 1;
    double decided = cpu_microseconds();
    long failed = deliver(db, argv[2], wanted);
    double delivered = cpu_microseconds();
    printf("pipeline_decide %.2f us_cpu_per_notice\n", (decided - start) / wanted);
    printf("pipeline_deliver %.2f us_cpu_per_notice\n", (delivered - decided) / wanted);
    printf("pipeline_whole %.2f us_cpu_per_notice\n", (delivered - start) / wanted);
    return failed != 0;
}
