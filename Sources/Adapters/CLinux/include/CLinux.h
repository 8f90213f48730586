#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "CState.h"

/// What statx(2) says about a descriptor; `mount` is 0 where the kernel does not say it.
struct clinux_status {
    uint32_t mode;
    uint32_t owner;
    uint32_t group;
    int64_t size;
    int64_t changed;
    uint64_t inode;
    uint64_t mount;
};

/// O_PATH of open(2), which Swift does not see.
extern const int clinux_path_flag;

/// openat2(2) with its `how` spelled out; returns a descriptor or -errno.
int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

/// openat(2); returns a descriptor or -errno.
int clinux_openat(int directory, const char *path, int flags);

/// statx(2) of a descriptor, or of one name in a directory where `name` is not empty, without
/// following it or triggering a mount; returns 0 or -errno.
int clinux_stat(int descriptor, const char *name, struct clinux_status *status);

/// readlinkat(2); returns the length or -errno.
ssize_t clinux_readlink(int directory, const char *name, void *buffer, size_t size);

/// read(2), again after an interruption; returns the length or -errno.
ssize_t clinux_read(int descriptor, void *buffer, size_t size);

/// write(2), again after an interruption, without SIGPIPE on a socket; returns the length or -errno.
ssize_t clinux_write(int descriptor, const void *buffer, size_t size);

/// getdents64(2); returns the length or -errno.
ssize_t clinux_entries(int directory, void *buffer, size_t size);

/// f_type of fstatfs(2), or -errno.
int64_t clinux_file_system(int descriptor);

/// Two connected stream sockets, close-on-exec; returns 0 or -errno.
int clinux_socket_pair(int sockets[2]);

/// A pipe, read end first, close-on-exec; returns 0 or -errno.
int clinux_pipe(int ends[2]);

/// Makes reads and writes of a descriptor return instead of waiting; returns 0 or -errno.
int clinux_nonblocking(int descriptor);

/// Copies a descriptor, close-on-exec; returns it or -errno.
int clinux_duplicate(int descriptor);

/// Opens /dev/null at those of 0, 1 and 2 that are closed; returns 0 or -errno.
int clinux_fill_standard(void);

/// Makes a descriptor mean /dev/null from now on; returns 0 or -errno.
int clinux_make_null(int descriptor);

/// Processors that are online, at least 1.
int clinux_processors(void);

/// Where a child failed before its program ran.
enum clinux_stage {
    CLINUX_STAGE_NONE = 0,
    CLINUX_STAGE_START = 1,
    CLINUX_STAGE_NAMESPACE = 2,
    CLINUX_STAGE_ISOLATION = 3,
    CLINUX_STAGE_IDENTITY = 4,
    CLINUX_STAGE_LIMITS = 5,
    CLINUX_STAGE_EXECUTE = 6,
};

/// How a program is started.
struct clinux_spawn {
    /// The program, opened.
    int executable;
    /// Whether the program is a script, whose interpreter must be able to open the descriptor.
    int script;
    /// The arguments, each ended by NUL.
    const char *arguments;
    size_t arguments_size;
    /// `NAME=value`, each ended by NUL.
    const char *environment;
    size_t environment_size;
    /// What becomes the descriptors 0 and 1; 2 is /dev/null. -1: /dev/null.
    int input;
    int output;
    /// Whether uid and gid are changed and the supplementary groups dropped.
    int changes_identity;
    uid_t user;
    gid_t group;
    /// Whether the program sees an empty network and IPC namespace and has no power to leave it.
    int isolated;
    /// Whether the program runs in user, mount, network and IPC namespaces of its own: it may set up
    /// that network, write no file, and has no power over the host.
    int secluded;
    /// A mount namespace to enter, or -1.
    int mount_namespace;
    /// A directory that becomes the root, or -1.
    int root;
    /// Limits of setrlimit(2); 0 leaves what there is.
    uint64_t memory;
    uint64_t cpu_seconds;
    uint64_t open_files;
};

/// Starts a program in a session of its own, which dies with this thread; gives its process id, or
/// -errno and the stage at which it failed. Nothing but 0, 1 and 2 is inherited.
pid_t clinux_start(const struct clinux_spawn *spawn, enum clinux_stage *stage);

/// How a child is.
enum clinux_ending {
    CLINUX_RUNNING = 0,
    CLINUX_EXITED = 1,
    CLINUX_KILLED = 2,
};

/// waitid(2) without waiting: gives the exit status or the signal; -errno where it is not a child.
int clinux_reap(pid_t process, enum clinux_ending *ending);

/// Kills a child and its session's process group.
void clinux_kill(pid_t process);

/// pidfd_open(2); returns a descriptor that is readable when the process has ended, or -errno.
int clinux_process_descriptor(pid_t process);

/// Where bytes first stand in bytes, or -1; see memmem(3).
int64_t clinux_find(const void *bytes, size_t size, const void *needle, size_t needle_size);

/// Where one of several texts first stands in bytes, or -1. Each has two bytes or more and ends in a zero; another zero
/// ends the list.
int64_t clinux_find_any(const void *bytes, size_t size, const uint8_t *needles);

/// How many programs of bpf(2) see what an interface receives (`BPF_TCX_INGRESS`), or -errno.
int clinux_ingress_programs(int32_t interface);

/// Seconds of CLOCK_REALTIME.
int64_t clinux_now(void);

#endif
