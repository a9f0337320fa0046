#!/usr/bin/env bash
# Builds the image where no Docker engine runs: the very same Dockerfile, by buildah, on a stand-in for its base image that
# debootstrap makes under the base image's name. Then the entry point is run from the image's root and asked how it is.
#
#   docker/build_here.sh [FOLDER]        as root on Debian; FOLDER (/tmp/yobidashi-image) keeps the stand-in between runs
#
# What this machine's pip, npm and TLS are told is lent to the build and stays in no layer. The kernel need not know
# overlay file systems (--storage-driver vfs), nor allow namespaces of its own to a container (--isolation chroot).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-/tmp/yobidashi-image}")
base=$(sed -n 's/^ARG BASE=//p' docker/Dockerfile)
suite=${base##*-} # …:3.13-slim-trixie stands on Debian trixie, whose own Python is 3.13
image=localhost/yobidashi:here
port=${PORT:-18090}

need() {
  command -v "$1" >/dev/null || apt-get install -q -y --no-install-recommends "$1"
}
need debootstrap
need buildah
buildah() {
  command buildah --storage-driver vfs --root "$folder/storage" --runroot "$folder/run" "$@"
}

mkdir -p "$folder"
if ! buildah inspect --type image "$base" >/dev/null 2>&1; then
  mirror=$(sed -n 's/^URIs: *\(.*\/debian\)\/*$/\1/p' /etc/apt/sources.list.d/*.sources | head -n 1)
  [ -d "$folder/base" ] || debootstrap --variant=minbase \
    --include=ca-certificates,python-is-python3,python3,python3-pip,python3-venv "$suite" "$folder/base" ${mirror:+"$mirror"}
  made=$(buildah from scratch)
  buildah add --quiet "$made" "$folder/base" /
  buildah commit --quiet --rm "$made" "$base"
fi

roots=/etc/ssl/certs/ca-certificates.crt
{ cat ~/.npmrc 2>/dev/null || true; echo "cafile=$roots"; } >"$folder/npmrc"
lent=(--volume "$folder/npmrc:/root/.npmrc:ro" --volume "$roots:$roots:ro")
if [ -f /etc/pip.conf ]; then lent+=(--volume /etc/pip.conf:/etc/pip.conf:ro); fi
epoch=$(git log -1 --format=%ct)
buildah build --isolation chroot --pull-never --format docker --timestamp "$epoch" --build-arg "SOURCE_DATE_EPOCH=$epoch" \
  "${lent[@]}" --ignorefile docker/Dockerfile.dockerignore --file docker/Dockerfile --tag "$image" .

echo "--- run from the image's root, as the image's user ---"
box=$(buildah from "$image")
root=$(buildah mount "$box")
ending() {
  [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
  umount "$root/proc" "$root/dev" 2>/dev/null || true
  buildah rm "$box" >/dev/null
}
trap ending EXIT
setting() {
  buildah inspect --type image --format "{{$1}}" "$image"
}
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
user=$(setting .OCIv1.Config.User)
mapfile -t variables < <(buildah inspect --type image "$image" | python3 -c \
  'import json, sys; print(*json.load(sys.stdin)["OCIv1"]["config"]["Env"], sep="\n")')
inside() {
  exec chroot --userspec="$user" "$root" /usr/bin/env -i -C /var/lib/yobidashi "${variables[@]}" PORT="$port" HOST=127.0.0.1 "$@"
}
(inside yobidashi serve --demonstration) &
server=$!
for _ in $(seq 60); do
  (inside python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/readyz', timeout=3)") 2>/dev/null && break
  sleep 0.5
done
(inside python - "$port") <<'PROBE'
import json, os, sys, urllib.request as ask
from pathlib import Path

here = f"http://127.0.0.1:{sys.argv[1]}"
for path in ("/healthz", "/readyz", "/", "/calls", "/api/fairs"):
    with ask.urlopen(here + path, timeout=5) as answer:
        print(answer.status, path, len(answer.read()), "bytes")
assert os.getuid() == 10001, "the image's user is root"
for place in ("/opt/yobidashi", "/usr", "/etc"):
    assert not os.access(place, os.W_OK), f"{place} can be written"
print("python", sys.version.split()[0], "user", os.getuid(), "writes only in", Path.cwd())
PROBE
kill -TERM "$server"
wait "$server" || true
server=
echo "image: $(du -sm "$root/opt/yobidashi" | cut -f1) MB beside its base"
echo "layers:" && buildah inspect --type image "$image" | python3 -c \
  'import json, sys; print(*json.load(sys.stdin)["OCIv1"]["rootfs"]["diff_ids"], sep="\n")'
