#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

const int clinux_path_flag = O_PATH;

int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
    long descriptor = syscall(SYS_openat2, directory, path, &how, sizeof how);
    return descriptor < 0 ? -errno : (int)descriptor;
}

int clinux_openat(int directory, const char *path, int flags) {
    int descriptor;
    do descriptor = openat(directory, path, flags);
    while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}

int clinux_stat(int descriptor, const char *name, struct clinux_status *status) {
    struct statx raw;
    memset(&raw, 0, sizeof raw);
    int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | (*name == 0 ? AT_EMPTY_PATH : 0);
    if (statx(descriptor, name, flags, STATX_BASIC_STATS | STATX_MNT_ID, &raw) != 0) return -errno;
    status->mode = raw.stx_mode;
    status->owner = raw.stx_uid;
    status->group = raw.stx_gid;
    status->size = (int64_t)raw.stx_size;
    status->changed = raw.stx_ctime.tv_sec * 1000000 + raw.stx_ctime.tv_nsec / 1000;
    status->inode = raw.stx_ino;
    status->mount = raw.stx_mask & STATX_MNT_ID ? raw.stx_mnt_id : 0;
    return 0;
}

ssize_t clinux_readlink(int directory, const char *name, void *buffer, size_t size) {
    ssize_t length = readlinkat(directory, name, buffer, size);
    return length < 0 ? -errno : length;
}

ssize_t clinux_read(int descriptor, void *buffer, size_t size) {
    ssize_t length;
    do length = read(descriptor, buffer, size);
    while (length < 0 && errno == EINTR);
    return length < 0 ? -errno : length;
}

ssize_t clinux_write(int descriptor, const void *buffer, size_t size) {
    ssize_t length;
    do {
        length = send(descriptor, buffer, size, MSG_NOSIGNAL);
        if (length < 0 && errno == ENOTSOCK) length = write(descriptor, buffer, size);
    } while (length < 0 && errno == EINTR);
    return length < 0 ? -errno : length;
}

ssize_t clinux_entries(int directory, void *buffer, size_t size) {
    long length = syscall(SYS_getdents64, directory, buffer, size);
    return length < 0 ? -errno : length;
}

int64_t clinux_file_system(int descriptor) {
    struct statfs status;
    return fstatfs(descriptor, &status) != 0 ? -errno : (int64_t)status.f_type;
}

int clinux_socket_pair(int sockets[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0 ? -errno : 0;
}

int clinux_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC) != 0 ? -errno : 0;
}

int clinux_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0) return -errno;
    return fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 ? -errno : 0;
}

int clinux_duplicate(int descriptor) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    return copy < 0 ? -errno : copy;
}

int clinux_fill_standard(void) {
    int descriptor;
    do descriptor = open("/dev/null", O_RDWR | O_NOCTTY);
    while (descriptor >= 0 && descriptor < 3);
    return descriptor < 0 ? -errno : close(descriptor);
}

int clinux_make_null(int descriptor) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (null < 0) return -errno;
    int answer = dup2(null, descriptor) < 0 ? -errno : 0;
    close(null);
    return answer;
}

int clinux_processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (int)count;
}

int64_t clinux_find(const void *bytes, size_t size, const void *needle, size_t needle_size) {
    const char *found = memmem(bytes, size, needle, needle_size);
    return found == NULL ? -1 : found - (const char *)bytes;
}

int64_t clinux_find_any(const void *bytes, size_t size, const uint8_t *needles) {
    const uint8_t *text = bytes;
    uint8_t pairs[1 << 13] = {0};
    for (const uint8_t *needle = needles; *needle; needle += strlen((const char *)needle) + 1) {
        unsigned pair = (unsigned)needle[0] << 8 | needle[1];
        pairs[pair >> 3] |= (uint8_t)(1 << (pair & 7));
    }
    for (size_t at = 0; at + 1 < size; at++) {
        unsigned pair = (unsigned)text[at] << 8 | text[at + 1];
        if (!(pairs[pair >> 3] & 1 << (pair & 7))) continue;
        for (const uint8_t *needle = needles; *needle; needle += strlen((const char *)needle) + 1) {
            size_t length = strlen((const char *)needle);
            if (length <= size - at && memcmp(text + at, needle, length) == 0) return (int64_t)at;
        }
    }
    return -1;
}

int64_t clinux_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec;
}
