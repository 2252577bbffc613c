#!/bin/sh
# certificates.sh FOLDER HOST…: an authority (FOLDER/ca) and one certificate for all hosts (FOLDER/node), good for two years.
# What is there already stays. EventStoreDB asks that a node's certificate has the common name eventstoredb-node; KurrentDB takes it, too.
set -eu
folder=$1
shift
if [ -e "$folder/node/node.crt" ]; then exit 0; fi

names=DNS:localhost,IP:127.0.0.1
for host in "$@"; do names="$names,DNS:$host"; done

mkdir -p "$folder/ca" "$folder/node" "$folder/authority"
chmod 700 "$folder/authority"
openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 730 -subj '/O=Savoirs/CN=Savoirs log authority' \
  -addext 'keyUsage=critical,keyCertSign,cRLSign' \
  -keyout "$folder/authority/ca.key" -out "$folder/ca/ca.crt" 2>/dev/null

openssl req -newkey rsa:3072 -nodes -sha256 -subj '/CN=eventstoredb-node' \
  -keyout "$folder/node/node.key" -out "$folder/node/node.csr" 2>/dev/null
extensions=$(mktemp)
printf 'subjectAltName=%s\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=critical,CA:FALSE\n' \
  "$names" > "$extensions"
openssl x509 -req -sha256 -days 730 -in "$folder/node/node.csr" -CA "$folder/ca/ca.crt" -CAkey "$folder/authority/ca.key" \
  -CAcreateserial -CAserial "$folder/authority/ca.srl" -extfile "$extensions" -out "$folder/node/made.crt" 2>/dev/null
rm "$extensions" "$folder/node/node.csr"

# The image of KurrentDB 26.0 runs as user 1001; the certificate comes last: it says that all is there.
chown -R 1001:1001 "$folder/node" 2>/dev/null || true
chmod 600 "$folder/node/node.key"
mv "$folder/node/made.crt" "$folder/node/node.crt"
