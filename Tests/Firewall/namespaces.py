"""Two network namespaces: one that sends raw frames, one that is the host under test.

Both belong to this process alone and vanish with it.
"""

import ctypes
import os
import socket
import subprocess

CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)

PORTS = ("eth0", "eth1")
MACS = {"eth0": "02:00:00:00:00:10", "eth1": "02:00:00:00:00:11"}
SENDER_MACS = {"eth0": "02:00:00:00:00:20", "eth1": "02:00:00:00:00:21"}


def unshare():
    if LIBC.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def run(*command, text=None, check=True):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if check and done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr.strip()}")
    return done


class Host:
    """The namespace under test, with the addresses and routes that the model is told."""

    ADDRESSES = {
        "eth0": ["192.0.2.1/24", "2001:db8::1/64", "fe80::10/64"],
        "eth1": ["198.51.100.1/24", "198.51.100.2/24", "2001:db8:1::1/64", "fe80::11/64"],
    }
    ROUTES = [
        ("192.0.2.0/24", "eth0"), ("198.51.100.0/24", "eth1"), ("10.9.0.0/16", "eth1"),
        ("10.9.7.0/24", "eth0"), ("2001:db8::/64", "eth0"), ("2001:db8:1::/64", "eth1"),
        ("2001:db8:9::/48", "eth1"), ("fe80::/64", "eth0"),
    ]

    def __init__(self, forwards):
        self.forwards = forwards
        unshare()
        self.sockets = {}
        read, write = os.pipe()
        done_read, done_write = os.pipe()
        self.holder = os.fork()
        if self.holder == 0:
            os.close(done_write)
            unshare()
            os.write(write, b"x")
            # Lives as long as the other end of the pipe is open.
            os.read(done_read, 1)
            os._exit(0)
        os.close(done_read)
        self.done = done_write
        os.read(read, 1)
        lines = []
        for port in PORTS:
            lines.append(
                f"link add tx{port} address {SENDER_MACS[port]} type veth"
                f" peer name {port} address {MACS[port]}")
        for port in PORTS:
            lines.append(f"link set {port} netns {self.holder}")
            lines.append(f"link set tx{port} up")
        run("ip", "-batch", "-", text="\n".join(lines))
        for port in PORTS:
            self.sockets[port] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.sockets[port].bind((f"tx{port}", 0))
        with open(f"/proc/{self.holder}/ns/net") as namespace:
            if LIBC.setns(namespace.fileno(), CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
        self.configure()

    def configure(self):
        def put(path, value):
            with open(f"/proc/sys/net/{path}", "w") as file:
                file.write(str(value))

        for place in ("all", "default"):
            put(f"ipv4/conf/{place}/rp_filter", 0)
            put(f"ipv6/conf/{place}/accept_dad", 0)
            put(f"ipv6/conf/{place}/accept_ra", 0)
        put("ipv4/ip_forward", 1 if self.forwards else 0)
        put("ipv6/conf/all/forwarding", 1 if self.forwards else 0)
        lines = ["link set lo up"]
        for port in PORTS:
            put(f"ipv4/conf/{port}/rp_filter", 0)
            put(f"ipv6/conf/{port}/addr_gen_mode", 1)
            put(f"ipv6/conf/{port}/accept_dad", 0)
            for address in self.ADDRESSES[port]:
                nodad = " nodad" if ":" in address else ""
                lines.append(f"addr add {address} dev {port}{nodad}")
            lines.append(f"link set {port} up")
        for prefix, port in self.ROUTES[2:4]:
            lines.append(f"route add {prefix} dev {port}")
        lines.append("route add 2001:db8:9::/48 dev eth1")
        run("ip", "-batch", "-", text="\n".join(lines))

    def description(self):
        """The host as the oracle reads it."""
        forward = " forward" if self.forwards else ""
        lines = ["interface lo 127.0.0.1/8 ::1/128"]
        for port in PORTS:
            lines.append(f"interface {port}{forward} " + " ".join(self.ADDRESSES[port]))
        lines += [f"route {prefix} {port}" for prefix, port in self.ROUTES]
        return lines

    def send(self, port, frame):
        self.sockets[port].send(frame)

    def close(self):
        os.close(self.done)
        os.waitpid(self.holder, 0)
