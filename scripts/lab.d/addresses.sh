# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# Which loopback addresses a lab has. The choice follows from its folder's path,
# so that it is the same again after `remove`; it is remembered in the file
# `addresses` of the lab, and claimed for the whole machine by a symbolic link
# in a registry, so that no two labs choose the same.

registry=/tmp/ad-user-sync-lab-addresses
controller_ports=(53 88 389 464 636 3268 3269)
# The lab `demo` gets these when they are free: the repository's sample
# configurations name them. Outside the range of the others.
demo_addresses=(127.20.0.1 127.20.0.2)

choose_addresses() {
    mkdir -m 700 "$registry" 2>/dev/null || true
    [[ -d $registry && -O $registry && ! -L $registry ]] ||
        fail "$registry is not a folder of ours: remove it" 73
    mkdir -p "$lab"
    (
        flock -w 30 8 || fail "cannot lock $registry"
        if [[ -s $lab/addresses ]]; then
            # /tmp may have been emptied since.
            claim "$(address_of source)" || fail "$(address_of source) now belongs to another lab; \`scripts/lab --name $name remove\` and \`up\` choose a new one"
            exit
        fi
        local number attempt pair source target
        number=$(printf %s "$lab" | cksum | cut -d' ' -f1)
        for ((attempt = -1; attempt < 200; attempt++)); do
            if ((attempt < 0)); then
                [[ $name == demo ]] || continue
                source=${demo_addresses[0]} target=${demo_addresses[1]}
            else
                # 127.64.0.2 to 127.127.255.253, in pairs
                pair=$(((number + attempt * 7919) % (64 * 256 * 126)))
                source="127.$((64 + pair / (256 * 126))).$((pair / 126 % 256)).$((pair % 126 * 2 + 2))"
                target="${source%.*}.$((${source##*.} + 1))"
            fi
            [[ -z $(listeners_on "$source")$(listeners_on "$target") ]] || continue
            claim "$source" || continue
            printf 'source %s\ntarget %s\n' "$source" "$target" >"$lab/addresses.new"
            mv "$lab/addresses.new" "$lab/addresses"
            exit
        done
        fail "no free loopback addresses: $(listeners_on "$source" | head -n 1)" 69
    ) 8>"$registry/.lock"
}

# claim ADDRESS: false when it is another lab's that still exists.
claim() {
    local owner
    owner=$(readlink "$registry/$1" || true)
    [[ -z $owner || $owner == "$lab" || ! -d $owner ]] || return 1
    ln -sfnT "$lab" "$registry/$1"
}

release_addresses() {
    [[ -s $lab/addresses ]] || return 0
    local link; link="$registry/$(address_of source)"
    [[ $(readlink "$link" || true) != "$lab" ]] || rm -f "$link"
}

# address_of source|target
address_of() {
    awk -v side="$1" '$1 == side { print $2 }' "$lab/addresses"
}

# listeners_on ADDRESS: who has a port there that a domain controller needs, or
# has it on all addresses; one line each: "port 389: slapd (pid 4711)".
listeners_on() {
    local filter="sport = :${controller_ports[0]}" port
    for port in "${controller_ports[@]:1}"; do filter+=" or sport = :$port"; done
    ss -Htulnp "( $filter )" | awk -v address="$1" '
        { host = $5; port = $5; sub(/:[0-9]+$/, "", host); sub(/.*:/, "", port)
          if (host != address && host != "0.0.0.0" && host != "*" && host != "[::]") next
          owner = "an unknown process"
          if (match($0, /"[^"]*",pid=[0-9]+/)) {
              split(substr($0, RSTART, RLENGTH), part, /"|,pid=/)
              owner = part[2] " (pid " part[4] ")"
          }
          line = "port " port ": " owner
          if (!(line in seen)) print line
          seen[line] = 1 }'
}
