#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

struct failure {
    int error;
    enum clinux_stage stage;
};

// Splits texts that each end in NUL; the caller frees the array.
static char **split(const char *texts, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += texts[i] == 0;
    char **list = calloc(count + 1, sizeof *list);
    if (list == NULL) return NULL;
    size_t next = 0;
    for (size_t i = 0, start = 0; i < size; i++) {
        if (texts[i] != 0) continue;
        list[next++] = (char *)texts + start;
        start = i + 1;
    }
    return list;
}

static int limit(int resource, uint64_t value) {
    if (value == 0) return 0;
    struct rlimit old;
    if (getrlimit(resource, &old) != 0) return -1;
    rlim_t bound = value;
    if (old.rlim_max != RLIM_INFINITY && old.rlim_max < bound) bound = old.rlim_max;
    struct rlimit new = {.rlim_cur = bound, .rlim_max = bound};
    return setrlimit(resource, &new);
}

static int limits(const struct clinux_spawn *spawn) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
    if (limit(RLIMIT_AS, spawn->memory) != 0) return -1;
    if (limit(RLIMIT_CPU, spawn->cpu_seconds) != 0) return -1;
    return limit(RLIMIT_NOFILE, spawn->open_files);
}

// What root could use to leave an empty network namespace, or to act on the host from it.
static const int left_powers[] = {
    CAP_SYS_ADMIN, CAP_SYS_PTRACE, CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_BOOT,  CAP_SYS_CHROOT,
    CAP_SYS_TIME,  CAP_NET_ADMIN,  CAP_NET_RAW,    CAP_MKNOD,     CAP_MAC_ADMIN, CAP_SETFCAP,
    CAP_KILL,      38 /* CAP_PERFMON */,           39 /* CAP_BPF */,
};

static int isolate(void) {
    if (unshare(CLONE_NEWNET | CLONE_NEWIPC) != 0) return -1;
    for (size_t i = 0; i < sizeof left_powers / sizeof *left_powers; i++)
        if (prctl(PR_CAPBSET_DROP, left_powers[i], 0, 0, 0) != 0 && errno != EINVAL) return -1;
    return 0;
}

// struct mount_attr of mount_setattr(2), which old headers lack.
struct mount_attributes {
    uint64_t set;
    uint64_t clear;
    uint64_t propagation;
    uint64_t namespace;
};

static int write_once(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t length = write(file, text, strlen(text));
    close(file);
    return length == (ssize_t)strlen(text) ? 0 : -1;
}

// The number in the new namespace is the number outside, and no other one exists there.
static int map_identity(const char *path, unsigned number) {
    char line[64];
    snprintf(line, sizeof line, "%u %u 1", number, number);
    return write_once(path, line);
}

static int seclude(void) {
    uid_t user = geteuid();
    gid_t group = getegid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC) != 0) return -1;
    if (write_once("/proc/self/setgroups", "deny") != 0) return -1;
    if (map_identity("/proc/self/uid_map", user) != 0) return -1;
    if (map_identity("/proc/self/gid_map", group) != 0) return -1;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return -1;
    struct mount_attributes read_only = {.set = 1 /* MOUNT_ATTR_RDONLY */};
    return (int)syscall(442 /* mount_setattr */, AT_FDCWD, "/", 0x8000 /* AT_RECURSIVE */, &read_only,
                        sizeof read_only);
}

static int enter(const struct clinux_spawn *spawn) {
    if (spawn->mount_namespace >= 0 && setns(spawn->mount_namespace, CLONE_NEWNS) != 0) return -1;
    if (spawn->root >= 0 && (fchdir(spawn->root) != 0 || chroot(".") != 0)) return -1;
    return chdir("/");
}

// The system calls themselves: glibc's wrappers want to tell other threads, which a child lacks.
static int become(const struct clinux_spawn *spawn) {
    if (!spawn->changes_identity) return 0;
    if (syscall(SYS_setgroups, 0, NULL) != 0) return -1;
    gid_t group = spawn->group;
    if (syscall(SYS_setresgid, group, group, group) != 0) return -1;
    uid_t user = spawn->user;
    return (int)syscall(SYS_setresuid, user, user, user);
}

static void forget_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static int take_standard(int null, int input, int output) {
    if (dup2(input < 0 ? null : input, 0) < 0) return -1;
    if (dup2(output < 0 ? null : output, 1) < 0) return -1;
    return dup2(null, 2) < 0 ? -1 : 0;
}

static void forget_descriptors(void) {
    if (syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
    struct rlimit files;
    long last = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 65536
                    ? (long)files.rlim_cur : 65536;
    for (int descriptor = 3; descriptor < last; descriptor++)
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static enum clinux_stage prepare(const struct clinux_spawn *spawn, int null, pid_t parent) {
    if (setsid() < 0) return CLINUX_STAGE_START;
    forget_signals();
    umask(077);
    if (take_standard(null, spawn->input, spawn->output) != 0) return CLINUX_STAGE_START;
    if (enter(spawn) != 0) return CLINUX_STAGE_NAMESPACE;
    if (spawn->isolated && isolate() != 0) return CLINUX_STAGE_ISOLATION;
    if (spawn->secluded && seclude() != 0) return CLINUX_STAGE_ISOLATION;
    if (become(spawn) != 0) return CLINUX_STAGE_IDENTITY;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return CLINUX_STAGE_LIMITS;
    // After the change of identity, which forgets it.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return CLINUX_STAGE_LIMITS;
    if (getppid() != parent) return CLINUX_STAGE_START;
    forget_descriptors();
    if (limits(spawn) != 0) return CLINUX_STAGE_LIMITS;
    if (spawn->script && fcntl(spawn->executable, F_SETFD, 0) < 0) return CLINUX_STAGE_START;
    return CLINUX_STAGE_EXECUTE;
}

static void child(const struct clinux_spawn *spawn, char **arguments, char **environment, int null,
                  int report, pid_t parent) {
    struct failure failure = {.stage = prepare(spawn, null, parent)};
    if (failure.stage == CLINUX_STAGE_EXECUTE)
        syscall(SYS_execveat, spawn->executable, "", arguments, environment, AT_EMPTY_PATH);
    failure.error = errno;
    ssize_t ignored = write(report, &failure, sizeof failure);
    (void)ignored;
    _exit(127);
}

// 0 where the program runs.
static int outcome(int report, pid_t process, enum clinux_stage *stage) {
    struct failure failure = {0, CLINUX_STAGE_NONE};
    ssize_t length = clinux_read(report, &failure, sizeof failure);
    if (length == 0) return 0;
    *stage = length == sizeof failure ? failure.stage : CLINUX_STAGE_START;
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR) continue;
    return length == sizeof failure && failure.error > 0 ? -failure.error : -EIO;
}

static pid_t start(const struct clinux_spawn *spawn, char **arguments, char **environment, int null,
                   enum clinux_stage *stage) {
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) return -errno;
    pid_t parent = getpid();
    pid_t process = fork();
    if (process == 0) child(spawn, arguments, environment, null, report[1], parent);
    int error = process < 0 ? -errno : 0;
    close(report[1]);
    if (process > 0) error = outcome(report[0], process, stage);
    close(report[0]);
    return error != 0 ? error : process;
}

pid_t clinux_start(const struct clinux_spawn *spawn, enum clinux_stage *stage) {
    *stage = CLINUX_STAGE_START;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (null < 0) return -errno;
    char **arguments = split(spawn->arguments, spawn->arguments_size);
    char **environment = split(spawn->environment, spawn->environment_size);
    pid_t process = -ENOMEM;
    if (arguments != NULL && environment != NULL)
        process = start(spawn, arguments, environment, null, stage);
    free(arguments);
    free(environment);
    close(null);
    return process;
}

int clinux_reap(pid_t process, enum clinux_ending *ending) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    *ending = CLINUX_RUNNING;
    int answer;
    do answer = waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG);
    while (answer != 0 && errno == EINTR);
    if (answer != 0) return -errno;
    if (info.si_pid == 0) return 0;
    *ending = info.si_code == CLD_EXITED ? CLINUX_EXITED : CLINUX_KILLED;
    return info.si_status;
}

void clinux_kill(pid_t process) {
    kill(-process, SIGKILL);
    kill(process, SIGKILL);
}

int clinux_process_descriptor(pid_t process) {
    long descriptor = syscall(SYS_pidfd_open, process, 0U);
    return descriptor < 0 ? -errno : (int)descriptor;
}
