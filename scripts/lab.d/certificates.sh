# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# Each domain has a certificate authority of its own, as two domains that do not
# trust each other would. The certificates carry the address, so that
# ldaps://127.x.y.z verifies without a line in the hosts file.

# make_certificates SIDE: writes tls/SIDE-{ca,cert,key}.pem and tls/SIDE-ca-key.pem.
make_certificates() {
    local tls="$lab/tls" side=$1
    write_certificate_settings "$side"
    (
        umask 077 # A key that others can read makes the domain controller exit.
        CN="$(realm_of "$side") lab CA" openssl req -x509 -new -nodes -days 3652 \
            -newkey ec -pkeyopt ec_paramgen_curve:P-256 -config "$tls/$side.cnf" \
            -extensions authority -keyout "$tls/$side-ca-key.pem" -out "$tls/$side-ca.pem"
    ) >"$tls/$side.log" 2>&1 || { cat "$tls/$side.log" >&2; fail "openssl could not make the authority"; }
    make_server_certificate "$side" "$side"
    chmod 644 "$tls/$side-ca.pem"
}

# make_server_certificate SIDE AUTHORITY: writes tls/SIDE-{cert,key}.pem, signed by the other side's authority.
make_server_certificate() {
    local tls="$lab/tls" side=$1 authority=$2
    write_certificate_settings "$side"
    (
        umask 077
        CN="$(fqdn_of "$side")" openssl req -x509 -new -nodes -days 3651 \
            -newkey ec -pkeyopt ec_paramgen_curve:P-256 -config "$tls/$side.cnf" \
            -extensions server -CA "$tls/$authority-ca.pem" -CAkey "$tls/$authority-ca-key.pem" \
            -keyout "$tls/$side-key.pem" -out "$tls/$side-cert.pem"
    ) >"$tls/$side.log" 2>&1 || { cat "$tls/$side.log" >&2; fail "openssl could not make the certificate"; }
    chmod 644 "$tls/$side-cert.pem"
    rm "$tls/$side.log"
}

write_certificate_settings() {
    local tls="$lab/tls" side=$1 host domain; host=$(fqdn_of "$1"); domain=$(domain_of "$1")
    mkdir -p "$tls"
    cat >"$tls/$side.cnf" <<CNF
[req]
prompt = no
distinguished_name = name
[name]
O = ad-user-sync lab $name
CN = \${ENV::CN}
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = IP:$(address_of "$side"), DNS:$host, DNS:$domain
CNF
}

# install_certificates SIDE [AUTHORITY]: to where the domain controller looks for them.
install_certificates() {
    local file authority=${2:-$1}
    mkdir -p "$lab/$1/private/tls"
    for file in cert key; do cp -p "$lab/tls/$1-$file.pem" "$lab/$1/private/tls/$file.pem"; done
    cp -p "$lab/tls/$authority-ca.pem" "$lab/$1/private/tls/ca.pem"
}
