# shellcheck shell=bash
# Sourced by latticelift: what `latticelift doctor` says of the machine outside Java.

report_machine() {
  local cache
  java_environment
  cache=$DJL_CACHE_DIR
  while [[ ! -d $cache ]]; do cache=$(dirname "$cache"); done
  printf '%-16s %s\n' 'LatticeLift' "$root, commit $(commit)"
  if find_jdk; then printf '%-16s %s\n' 'JDK' "$jdk_version, $jdk"; else printf '%-16s %s\n' 'JDK' "MISSING: a JDK >= $min_java with javac"; fi
  if [[ -n $packaged ]]; then
    printf '%-16s %s\n' 'Maven' 'not needed by a package'
  elif [[ -n $jdk ]] && find_maven; then
    printf '%-16s %s\n' 'Maven' "$maven_version, $maven"
  else
    printf '%-16s %s\n' 'Maven' "MISSING: Maven >= $min_maven, needed to build"
  fi
  printf '%-16s %s\n' 'cores' "$(env -u OMP_NUM_THREADS nproc)"
  printf '%-16s %s\n' 'memory' "$(awk '/^MemTotal/ {t = $2} /^MemAvailable/ {a = $2} END {printf "%.1f GiB, %.1f GiB available", t / 2^20, a / 2^20}' /proc/meminfo)"
  printf '%-16s %s\n' 'disk' "$(df -Pk . | awk 'NR == 2 {printf "%.1f GiB free here", $4 / 2^20}'), $(df -Pk "$cache" | awk 'NR == 2 {printf "%.1f GiB", $4 / 2^20}') free for the engine in $DJL_CACHE_DIR"
}

report_transports() { # the speed of those that can be started here
  local name line told
  for name in local ffm openmpi mpj; do
    if [[ $name == local ]] || has_transport "$name"; then
      if told=$(timeout 60 "$root/latticelift" --np 2 --transport "$name" bench communicator 2>&1); then
        line=${told##*$'\n'}
        if [[ $name == ffm ]]; then line+="; $(mpi_native)"; fi
      else
        line="FAILED: $(sed '/^-*$/d' <<<"$told" | head -n 1)" # mpirun frames what it says
      fi
      printf '%-16s %s\n' "ranks, $name" "$line"
    elif [[ $name == ffm || (-n $packaged && -e $root/lib/transports/$name) ]]; then
      printf '%-16s %s\n' "ranks, $name" "$(no_transport "$name")"
    fi
  done
}
