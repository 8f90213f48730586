#ifndef CSTATE_H
#define CSTATE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What fstat(2) says about a descriptor.
struct cstate_status {
    uint32_t mode;
    uint32_t owner;
    int64_t size;
};

/// openat(2) with O_CLOEXEC and O_NOFOLLOW; returns a descriptor or -errno.
int cstate_open(int directory, const char *path, int flags, unsigned mode);

/// mkdirat(2); returns 0 or -errno.
int cstate_mkdir(int directory, const char *name, unsigned mode);

/// fstat(2); returns 0 or -errno.
int cstate_status(int descriptor, struct cstate_status *status);

/// pread(2), again after an interruption; returns the length or -errno.
ssize_t cstate_pread(int descriptor, void *buffer, size_t size, int64_t offset);

/// read(2), again after an interruption; returns the length or -errno.
ssize_t cstate_read(int descriptor, void *buffer, size_t size);

/// write(2) at the end until everything is written; returns 0 or -errno.
int cstate_write(int descriptor, const void *buffer, size_t size);

/// fsync(2); returns 0 or -errno.
int cstate_sync(int descriptor);

/// ftruncate(2); returns 0 or -errno.
int cstate_truncate(int descriptor, int64_t size);

/// flock(2) for one alone, waiting for it at most so long; returns 0 or -errno.
int cstate_lock(int descriptor, unsigned seconds);

/// renameat(2) in one directory; returns 0 or -errno.
int cstate_rename(int directory, const char *from, const char *to);

/// linkat(2) in one directory; returns 0, or -errno such as -EEXIST.
int cstate_link(int directory, const char *from, const char *to);

/// unlinkat(2) of a file; returns 0 or -errno.
int cstate_unlink(int directory, const char *name);

/// Gives every name in a directory but `.` and `..` to `visit`, which says 0 to stop.
/// Returns 0 or -errno.
int cstate_names(int directory, int (*visit)(void *context, const char *name), void *context);

#endif
