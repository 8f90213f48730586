#!/bin/bash
# What firewalld.sh runs in the booted host: starts firewalld with one configuration after the other and asks the program.
set -u

# It changes routes and /etc: never on a machine that somebody uses.
[[ $(systemd-detect-virt --container) == systemd-nspawn && -d /run/configurations ]] || exit 64

cp -a /etc/firewalld /run/pristine
install -D -m 644 /dev/stdin /etc/assay/site.yaml <<'END_SITE'
schema: 1
role: server
firewall:
  ingress: [{ proto: tcp, dport: 22, from: any, purpose: test }]
  egress: [{ proto: tcp, dport: 443, to: any, purpose: test }]
END_SITE
ip route replace default via 192.0.2.2
ip -6 route replace default via 2001:db8::2
for configuration in /run/configurations/*; do
    rm -rf /etc/firewalld
    cp -a /run/pristine /etc/firewalld
    cp -r "$configuration/etc/firewalld/." /etc/firewalld/
    systemctl stop firewalld
    systemctl reset-failed firewalld
    sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
    systemctl start firewalld
    # It has its name on the bus before it has its rules.
    for _ in {1..50}; do
        state=$(firewall-cmd --state 2>&1)
        [[ $state == running || $state == *failed* ]] && break
        sleep 0.1
    done
    echo "$state" >"$configuration/state"
    nft list ruleset >"$configuration/ruleset"
    assay facts --sql "
        SELECT layer, certainty, flow FROM packet_flows
        UNION ALL SELECT layer, 'unknown', question FROM firewall_unknowns
        UNION ALL SELECT layer, 'unknown', finding FROM firewall_layers
                  WHERE finding IN ('possibly undeclared flow', 'depends on loading')
    " >"$configuration/flows" 2>"$configuration/gaps"
done
