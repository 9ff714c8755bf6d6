# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# One domain controller: its names, its processes.

# know_sides: sets `sides`, once it is known which lab is meant.
know_sides() {
    sides=(source target)
    if has_second; then sides+=(second); fi
}
start_timeout=30 # seconds
stop_timeout=20

realm_of() { case $1 in source) echo SOURCE.TEST ;; target | second) echo TARGET.TEST ;; esac; }
domain_of() { local realm; realm=$(realm_of "$1"); echo "${realm,,}"; }
host_of() { case $1 in second) echo target-dc2 ;; *) echo "$1-dc" ;; esac; }
# Of the certificates and passwords: those of the domain.
domain_side_of() { case $1 in second) echo target ;; *) echo "$1" ;; esac; }
fqdn_of() { echo "$(host_of "$1").$(domain_of "$1")"; }
base_dn_of() { local domain; domain=$(domain_of "$1"); echo "DC=${domain//./,DC=}"; }
service_account_of() { case $1 in source) echo svc-export ;; target | second) echo svc-import ;; esac; }

# leader_of SIDE: the process group of a running domain controller, or nothing.
# All of its processes are in the group of the one that its pid file names.
# Their command lines say only "samba: task[ldap]…", but they keep that very
# file open, which a stranger with a reused pid does not. A killed leader may
# have left others of its group behind.
leader_of() {
    local pid_file="$lab/$1/run/samba.pid" leader member
    [[ -s $pid_file ]] || return 0
    leader=$(tr -cd 0-9 <"$pid_file")
    for member in $(processes_of "${leader:-none}"); do
        if find "/proc/$member/fd" -lname "$pid_file" -print -quit 2>/dev/null | grep -q .; then
            printf '%s\n' "$leader"
            return
        fi
    done
}

# processes_of LEADER: all but zombies, which are only waiting for their parent.
processes_of() {
    pgrep --runstates D,I,R,S,T,t --pgroup "$1" 2>/dev/null || true
}

is_running() {
    [[ -n $(leader_of "$1") ]]
}

# The one test of being up: the domain controller answers over TLS and its
# certificate verifies against the lab's own authority. (ldapsearch's own time
# limits do not cover a TLS handshake that nobody answers.)
is_ready() {
    is_running "$1" || return 1
    LDAPCONF=/dev/null LDAPTLS_CACERT="$lab/tls/$(domain_side_of "$1")-ca.pem" LDAPTLS_REQCERT=demand \
        timeout 3 ldapsearch -x -LLL -o nettimeout=2 -l 2 -H "ldaps://$(address_of "$1")" \
        -s base -b '' dnsHostName >/dev/null 2>&1
}

start_controller() {
    local folder="$lab/$1" taken attempt
    ! is_running "$1" || return 0
    # A stop that was interrupted still frees its ports within two seconds.
    for attempt in {1..12}; do
        taken=$(listeners_on "$(address_of "$1")")
        [[ -n $taken ]] || break
        sleep 0.25
    done
    [[ -z $taken ]] || fail "cannot start $(realm_of "$1"): $(address_of "$1") is in use by somebody else
$taken" 69
    rm -f "$folder/run/samba.pid"
    local nosync=true
    [[ ${LAB_NOSYNC:-yes} == yes ]] || nosync=false
    # A lab that was made before the domain controllers had a DNS gets it now.
    sed -i -e "s/ldb:nosync = .*/ldb:nosync = $nosync/" -e 's/services = ldap, kdc, cldap$/&, dns/' "$folder/etc/smb.conf"
    # An empty environment: a caller's KRB5_CONFIG or LD_PRELOAD is not the
    # server's. 9>&-: the lab's lock must not live as long as the server.
    local environment=(PATH="$PATH" LANG=C.UTF-8)
    # The two of a pair find each other by the DNS of the first.
    if has_second && [[ $1 != source ]]; then
        environment+=(LD_PRELOAD="$(compgen -G '/usr/lib/*/libresolv_wrapper.so' | head -n 1)"
            RESOLV_WRAPPER_CONF="$lab/resolv.conf")
    fi
    (
        cd /
        env -i "${environment[@]}" \
            samba --daemon --configfile="$folder/etc/smb.conf" --log-basename="$folder/log" \
            </dev/null >>"$folder/log/start.log" 2>&1 9>&-
    ) || { show_log "$1"; fail "$(realm_of "$1") did not start"; }
}

wait_until_ready() {
    local deadline=$((SECONDS + start_timeout))
    until is_ready "$1"; do
        sleep 0.03
        # The pid file appears a moment after the start.
        if ((SECONDS > deadline)) || { ((SECONDS > deadline - start_timeout + 2)) && ! is_running "$1"; }; then
            show_log "$1"
            fail "$(realm_of "$1") does not answer on ldaps://$(address_of "$1")"
        fi
    done
}

show_log() {
    note "The last lines of $lab/$1/log:"
    tail -q -n 8 "$lab/$1/log"/*.log 2>/dev/null | sed 's/^/  /' >&2 || true
}

# stop_controllers SIGNAL SIDE…: TERM stops as an administrator would, KILL is
# quicker, for data that is thrown away. Returns when the last process is gone;
# the pid file goes long before that.
stop_controllers() {
    local signal=$1 side leader deadline; shift
    local -A leaders=()
    for side in "$@"; do
        leader=$(leader_of "$side")
        [[ -n $leader ]] || continue
        leaders[$side]=$leader
        signal_controller "$signal" "$leader"
    done
    deadline=$((SECONDS + stop_timeout))
    for side in "${!leaders[@]}"; do
        leader=${leaders[$side]}
        while [[ -n $(processes_of "$leader") ]]; do
            if ((SECONDS > deadline)); then
                note "$(realm_of "$side") did not stop within $stop_timeout s, killing it"
                signal_controller KILL "$leader"
                deadline=$((SECONDS + 5))
            fi
            sleep 0.03
        done
        rm -f "$lab/$side/run/samba.pid"
    done
}

# signal_controller SIGNAL LEADER
signal_controller() {
    # TERM to the leader alone, which then ends the others in order; a group
    # without its leader has nobody to do so.
    if [[ $1 == TERM && -e /proc/$2 ]]; then
        kill -TERM "$2" 2>/dev/null || true
    else
        kill "-$1" -- "-$2" 2>/dev/null || true
    fi
}
