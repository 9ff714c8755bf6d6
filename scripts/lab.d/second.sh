# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# A second domain controller for TARGET.TEST, as `second`, and replication between the two. Only labs that ask for it
# have one: its services (RPC, replication, DNS) make the first one slower to start.

replicating_services='ldap, kdc, cldap, rpc, drepl'
# DNS, so that the two find each other; winbindd, so that NTLM works, which RPC falls back to.
first_services="$replicating_services, dns, winbindd"

has_second() {
    [[ -s $lab/second/joined ]]
}

# Beyond the addresses of the pairs: 127.128 to 127.191.
second_address() {
    local address; address=$(address_of target)
    local rest=${address#127.}
    echo "127.$((${rest%%.*} + 64)).${rest#*.}"
}

# Resolves names with the first one's DNS, without touching the machine.
in_the_domain() {
    local library; library=$(compgen -G '/usr/lib/*/libresolv_wrapper.so' | head -n 1)
    env LD_PRELOAD="$library" RESOLV_WRAPPER_CONF="$lab/resolv.conf" KRB5_CONFIG="$lab/krb5.conf" \
        PASSWD_FILE="$lab/secrets/target-administrator" "$@" </dev/null 9>&-
}

join_second() {
    local address; address=$(second_address)
    [[ -z $(listeners_on "$address") ]] || fail "$address is in use: $(listeners_on "$address" | head -n 1)" 69
    stop_controllers TERM target second
    rm -rf "$lab/second"
    mkdir -p "$lab"/second/{etc,log,run,lock,cache,state,private}
    sed -i '/^second /d' "$lab/addresses"
    printf 'second %s\n' "$address" >>"$lab/addresses"
    printf 'search %s\nnameserver %s\n' "$(domain_of target)" "$(address_of target)" >"$lab/resolv.conf"
    sed -i "s/server services = .*/server services = $first_services/" "$lab/target/etc/smb.conf"
    start_controllers target
    in_the_domain samba-tool domain join "$(realm_of target)" DC --realm="$(realm_of target)" \
        --server="$(address_of target)" --dns-backend=NONE --targetdir="$lab/second" -U administrator \
        --option="netbios name=$(host_of second)" --option="interfaces=$address/8" \
        --option='bind interfaces only=yes' --option="pid directory=$lab/second/run" \
        --option="server services=$replicating_services" --option='ldb:nosync=true' >"$lab/second/log/join.log" 2>&1 ||
        { show_log second; fail 'the second domain controller could not join'; }
    # What join wrote names the machine's own folders.
    sed -e "s#$lab/target#$lab/second#g" -e "s#netbios name = .*#netbios name = $(host_of second)#I" \
        -e "s#$(address_of target)/8#$address/8#" -e "s#server services = .*#server services = $replicating_services#" \
        -e "s#lock directory = .*#lock directory = $lab/second#" \
        "$lab/target/etc/smb.conf" >"$lab/second/etc/smb.conf"
    in_the_domain samba-tool dns add "$(fqdn_of target)" "$(domain_of target)" "$(host_of second)" A "$address" \
        -U administrator >>"$lab/second/log/join.log" 2>&1 ||
        { show_log second; fail 'the second domain controller got no name in the DNS'; }
    make_server_certificate second target
    install_certificates second target
    echo yes >"$lab/second/joined"
}

command_join() {
    local started; started=$(now)
    require_root
    require_lab
    require_packages second
    lock_lab
    if has_second; then
        start_controllers "${sides[@]}"
        done_step 'TARGET.TEST has its second domain controller already'
        return
    fi
    join_second
    sides=(source target second)
    start_controllers second
    command_replicate
    done_step 'TARGET.TEST has a second domain controller' "$started"
}

# Brings to each of the two what the other has.
command_replicate() {
    local started to from; started=$(now)
    require_root
    lock_lab
    has_second || fail "TARGET.TEST has one domain controller only: \`scripts/lab --name $name join\` adds one"
    for to in second target; do
        from=second
        [[ $to == target ]] || from=target
        in_the_domain samba-tool drs replicate "$(fqdn_of "$to")" "$(fqdn_of "$from")" "$(base_dn_of target)" \
            -s "$lab/$to/etc/smb.conf" --local -U administrator >"$lab/second/log/replicate.log" 2>&1 ||
            { tail -n 3 "$lab/second/log/replicate.log" >&2; fail "$(host_of "$to") could not fetch changes"; }
    done
    done_step 'Replicated' "$started"
}
