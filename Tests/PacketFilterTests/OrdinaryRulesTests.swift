import PacketFilter
import Testing

/// What administrators write; nft 1.0.6 and 1.1.3 take all of it, which was tried.
struct OrdinaryRulesTests {
    @Test func `an ordinary file of rules is loaded without a doubt`() {
        let outcome = Ruleset().loading(
            nftFile: Array(OrdinaryRulesTests.rules.utf8), path: "file",
            presence: { ["lo", "eth0"].contains($0) ? .present : .absent },
            include: { _ in .missing })
        guard case .loaded(let ruleset) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(ruleset.tables.count == 4)
    }

    static let rules = #"""
        #!/usr/sbin/nft -f
        flush ruleset
        define LAN = 192.168.1.0/24
        define LAN_IF = eth0
        define WG = "wg0"
        define PORTS = { 80, 443, 8000-8100 }
        define LIST = { 10.0.0.1, 10.1.0.0/16 }
        define ADMINS = { $LAN, 192.0.2.7 }
        table inet filter {
          set block {
            type ipv4_addr
            flags interval
            auto-merge
            elements = $LIST
          }
          set denied { typeof ip saddr; flags dynamic, timeout; timeout 10m; }
          set ports { type inet_service; elements = { ssh, http, https } }
          map verdicts {
            type inet_service : verdict
            elements = { 22 : accept, 25 : drop }
          }
          chain input {
            type filter hook input priority 0; policy drop;
            iif lo accept
            iifname { $LAN_IF, $WG } ip saddr $LAN accept
            ct state vmap { established : accept, related : accept, invalid : drop }
            ct state established,related accept
            ct state { established, related } accept
            ct state invalid counter drop
            meta l4proto { icmp, ipv6-icmp } accept
            ip protocol icmp limit rate 4/second accept
            ip protocol icmp icmp type { echo-request, destination-unreachable } limit rate 1/second burst 5 packets accept
            ip6 nexthdr icmpv6 icmpv6 type { echo-request, nd-neighbor-solicit, nd-router-advert, nd-neighbor-advert } accept
            ip6 nexthdr ipv6-icmp icmpv6 type echo-request limit rate 1/second accept
            udp dport 1194 accept comment "vpn"
            tcp flags & (fin|syn|rst|ack) != syn ct state new counter drop
            tcp flags & (fin | syn) == fin | syn drop
            tcp flags == 0x0 drop
            limit rate 5/minute log prefix "drop: " level debug
            meta pkttype { broadcast, multicast } drop
            ip daddr 224.0.0.0/4 accept
            tcp dport ssh ct state new limit rate 15/minute accept
            tcp dport { 22, 80 } ct state new accept
            tcp dport $PORTS ip saddr $ADMINS accept
            ip saddr @block counter drop
            tcp dport @ports accept
            tcp dport vmap @verdicts
            add @denied { ip saddr }
            tcp dport 22 ct state new add @denied { ip saddr limit rate over 10/minute } drop
            meta l4proto tcp reject with tcp reset
            meta nfproto ipv4 udp dport 53 accept
            ip saddr != { 10.0.0.0/8, 172.16.0.0/12 } drop
            icmp type timestamp-request drop
            ether saddr 02:00:00:00:00:01 accept
            meta skuid 0 accept
            meta mark 0x1 accept
            meta iifname "eth0" udp sport 67 udp dport 68 accept
            ip6 saddr fe80::/10 udp dport 546 accept
            ct status dnat accept
            ct count over 20 reject
            th dport 53 meta l4proto { tcp, udp } accept
            meta l4proto { tcp, udp } th dport 53 accept
            meta l4proto . th dport { tcp . 53, udp . 53 } accept
            ip protocol . th dport { tcp . 22, udp . 53 } accept
            ip saddr 192.0.2.1 drop
            tcp dport 1-1023 drop
            log
            log prefix "denied " group 2
            counter comment "end" 
            reject with icmpx type port-unreachable
          }
          chain forward {
            type filter hook forward priority filter; policy drop;
            iifname $LAN_IF oifname != $LAN_IF ct state new accept
            tcp flags syn tcp option maxseg size set rt mtu
            ip daddr 172.17.0.2 tcp dport 80 accept
            oif eth0 accept
          }
          chain output {
            type filter hook output priority filter; policy accept;
            meta skuid 1000 drop
          }
          chain rp {
            type filter hook prerouting priority raw; policy accept;
            fib saddr . iif oif missing drop
            fib saddr . mark . iif oif missing drop
            fib daddr type != { local, broadcast, multicast } drop
            meta nfproto ipv6 fib saddr . mark . iif oif missing drop
            ct zone set 1
            udp dport 53 notrack
            meta mark set ct mark
          }
        }
        table ip nat {
          chain prerouting {
            type nat hook prerouting priority dstnat; policy accept;
            iifname "eth0" tcp dport 80 dnat to 10.0.0.1:80
            iifname "eth0" tcp dport { 80, 443 } dnat to 10.0.0.1
            dnat to tcp dport map { 22 : 10.0.0.1, 80 : 10.0.0.2 }
            tcp dport 8080 redirect to :80
            ip protocol tcp dnat to 10.0.0.1:80-90
            fib daddr type local counter jump docker
          }
          chain docker {
            iifname != "docker0" tcp dport 8080 counter dnat to 172.17.0.2:80
            iifname "docker0" counter return
          }
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            oifname "eth0" masquerade
            ip saddr 172.17.0.0/16 oifname != "docker0" counter masquerade
            ip saddr 10.0.0.0/8 oif eth0 snat to 192.0.2.1
            masquerade random,persistent
          }
        }
        table inet nat {
          chain pre {
            type nat hook prerouting priority -100;
            tcp dport 80 dnat ip to 10.0.0.1:80
            dnat ip to 10.0.0.1
            ip daddr 192.0.2.1 dnat to 10.0.0.1
            meta nfproto ipv4 dnat ip to 10.0.0.1
            dnat ip addr . port to tcp dport map { 80 : 10.0.0.1 . 8080 }
            tcp dport 22 dnat ip6 to [fd00::1]:22
          }
        }
        add table inet f2b-table
        add chain inet f2b-table f2b-chain { type filter hook input priority -1 ; }
        add set inet f2b-table addr-set-sshd { type ipv4_addr; }
        add rule inet f2b-table f2b-chain tcp dport { 22 } ip saddr @addr-set-sshd reject
        add element inet f2b-table addr-set-sshd { 203.0.113.5 }
        add element inet f2b-table addr-set-sshd { 203.0.113.6, 203.0.113.7 }
        """#
}
