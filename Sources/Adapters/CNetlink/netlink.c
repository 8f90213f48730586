#define _GNU_SOURCE
#include "CNetlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int cnetlink_open(int protocol, unsigned seconds) {
    int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) return -errno;
    struct timeval patience = {.tv_sec = seconds};
    int strict = 1;
    // Without strict checking the kernel ignores what a request asks to filter by; old kernels have none.
    setsockopt(descriptor, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &strict, sizeof strict);
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0) return descriptor;
    int error = errno;
    close(descriptor);
    return -error;
}

int cnetlink_send(int socket, const void *message, size_t size) {
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t length;
    do length = sendto(socket, message, size, 0, (struct sockaddr *)&kernel, sizeof kernel);
    while (length < 0 && errno == EINTR);
    if (length < 0) return -errno;
    return (size_t)length == size ? 0 : -EMSGSIZE;
}

ssize_t cnetlink_receive(int socket, void *buffer, size_t size) {
    struct sockaddr_nl sender = {0};
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    struct msghdr message = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &part, .msg_iovlen = 1};
    ssize_t length;
    do length = recvmsg(socket, &message, 0);
    while (length < 0 && errno == EINTR);
    if (length < 0) return -errno;
    if (message.msg_flags & MSG_TRUNC) return -EMSGSIZE;
    if (message.msg_namelen != sizeof sender || sender.nl_pid != 0) return -EBADMSG;
    return length;
}
