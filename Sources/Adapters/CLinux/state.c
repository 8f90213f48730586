#define _GNU_SOURCE
#include "CState.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int result(int value) { return value < 0 ? -errno : value; }

int cstate_open(int directory, const char *path, int flags, unsigned mode) {
    int descriptor;
    do {
        descriptor = openat(directory, path, flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, mode);
    } while (descriptor < 0 && errno == EINTR);
    return result(descriptor);
}

int cstate_mkdir(int directory, const char *name, unsigned mode) {
    return result(mkdirat(directory, name, mode));
}

int cstate_status(int descriptor, struct cstate_status *status) {
    struct stat found;
    if (fstat(descriptor, &found) < 0) return -errno;
    status->mode = found.st_mode;
    status->owner = found.st_uid;
    status->size = found.st_size;
    return 0;
}

ssize_t cstate_pread(int descriptor, void *buffer, size_t size, int64_t offset) {
    ssize_t length;
    do {
        length = pread(descriptor, buffer, size, offset);
    } while (length < 0 && errno == EINTR);
    return length < 0 ? -errno : length;
}

ssize_t cstate_read(int descriptor, void *buffer, size_t size) {
    ssize_t length;
    do {
        length = read(descriptor, buffer, size);
    } while (length < 0 && errno == EINTR);
    return length < 0 ? -errno : length;
}

int cstate_write(int descriptor, const void *buffer, size_t size) {
    const char *next = buffer;
    while (size > 0) {
        ssize_t length = write(descriptor, next, size);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return -errno;
        if (length == 0) return -EIO;
        next += length;
        size -= (size_t)length;
    }
    return 0;
}

int cstate_sync(int descriptor) {
    int done;
    do {
        done = fsync(descriptor);
    } while (done < 0 && errno == EINTR);
    return result(done);
}

int cstate_truncate(int descriptor, int64_t size) {
    int done;
    do {
        done = ftruncate(descriptor, size);
    } while (done < 0 && errno == EINTR);
    return result(done);
}

int cstate_lock(int descriptor, unsigned seconds) {
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
    for (unsigned tries = 0; tries <= seconds * 50; tries++) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return 0;
        if (errno != EWOULDBLOCK && errno != EINTR) return -errno;
        nanosleep(&pause, NULL);
    }
    return -EWOULDBLOCK;
}

int cstate_rename(int directory, const char *from, const char *to) {
    return result(renameat(directory, from, directory, to));
}

int cstate_link(int directory, const char *from, const char *to) {
    return result(linkat(directory, from, directory, to, 0));
}

int cstate_unlink(int directory, const char *name) { return result(unlinkat(directory, name, 0)); }

int cstate_names(int directory, int (*visit)(void *context, const char *name), void *context) {
    // A descriptor of its own, so that the position of the caller's is not moved.
    int own = cstate_open(directory, ".", O_RDONLY | O_DIRECTORY, 0);
    if (own < 0) return own;
    DIR *stream = fdopendir(own);
    if (!stream) {
        int error = -errno;
        close(own);
        return error;
    }
    int error = 0;
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(stream);
        if (!entry) {
            error = -errno;
            break;
        }
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (!visit(context, entry->d_name)) break;
    }
    closedir(stream);
    return error;
}
