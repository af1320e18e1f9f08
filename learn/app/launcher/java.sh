# shellcheck shell=bash
# Sourced by latticelift: the Java that runs the program: its environment, flags and class path.

commit() {
  if [[ -n $packaged ]]; then
    printf '%s' "$(<"$root/commit")"
    return
  fi
  GIT_OPTIONAL_LOCKS=0 git -c safe.directory="$root" -C "$root" describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null ||
    printf 'unknown'
}

has_vector_module() {
  grep -q '^MODULES=.*jdk\.incubator\.vector' "$jdk/release" 2>/dev/null ||
    "$jdk/bin/java" --list-modules | grep '^jdk\.incubator\.vector' >/dev/null
}

# Within an allocation mpirun starts what starts ranks elsewhere by a step of Slurm of its own, which need not have all machines.
ranks_share_machine() {
  if [[ -n ${OMPI_COMM_WORLD_SIZE:-} ]]; then
    [[ ${OMPI_COMM_WORLD_LOCAL_SIZE:-0} == "$OMPI_COMM_WORLD_SIZE" ]]
  else
    [[ ${SLURM_STEP_NUM_NODES:-0} == 1 ]]
  fi
}

java_environment() {
  if is_rank && ranks_share_machine; then
    export OMPI_MCA_btl=${OMPI_MCA_btl-self,sm} # one machine: no network to probe
  fi
  export UCX_ERROR_SIGNALS='' # else UCX turns the JVM's implicit null checks into crashes
  export OMP_NUM_THREADS=1    # the training engine: one thread per task
  export THP_MEM_ALLOC_ENABLE=${THP_MEM_ALLOC_ENABLE-1} # and huge pages for its arrays, where Linux has them
  export PYTHONPATH=${PYTHONPATH:+$PYTHONPATH:}$root/io/python # workers in Python import latticelift
  if [[ -z ${DJL_CACHE_DIR:-} ]]; then # without a home beside the build: anybody could put a library into a folder of /tmp
    local caches=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    export DJL_CACHE_DIR=${caches:+$caches/latticelift/djl}
    DJL_CACHE_DIR=${DJL_CACHE_DIR:-$state/djl-cache}
  fi
}

# A JVM that cannot start ends with 1, a code for bugs. So what the user has set is tried first, without what would act,
# wait for a debugger or touch all memory.
try_flags() {
  [[ -n ${LATTICELIFT_HEAP:-}${LATTICELIFT_JAVA_OPTS:-}${JDK_JAVA_OPTIONS:-}${JAVA_TOOL_OPTIONS:-}${_JAVA_OPTIONS:-} ]] || return 0
  local flag tried=() complaint
  for flag in "${flags[@]}"; do
    case $flag in
      -agentlib:* | -agentpath:* | -javaagent:* | -Xrun* | -Xdebug | -Xlog* | -XX:StartFlightRecording* | -XX:+AlwaysPreTouch) ;;
      *) tried+=("$flag") ;;
    esac
  done
  if ! complaint=$("$jdk/bin/java" "${tried[@]}" -version 2>&1); then
    complaint=$(grep -v -e '^Picked up' -e '^NOTE:' -e '^WARNING: Using incubator' -e '^Error occurred' <<<"$complaint" | head -n 1)
    die 69 "the JVM does not start ($(set_variables)): it says '$complaint'. Correct or unset the variable"
  fi
}

set_variables() { # those that give the JVM options, with their values
  local name shown=()
  for name in LATTICELIFT_HEAP LATTICELIFT_JAVA_OPTS JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS; do
    [[ -z ${!name:-} ]] || shown+=("$name=${!name}")
  done
  printf '%s' "${shown[*]}"
}

mpi_library() { # prints the folder of Open MPI's libmpi_java.so: found by setup-mpi, or that of mpirun
  local folder
  if [[ -r $state/mpi/openmpi/library ]]; then
    printf '%s' "$(<"$state/mpi/openmpi/library")"
  elif [[ -n $packaged && -d $(given_build)/transports/openmpi ]]; then
    for folder in "$(dirname "$(dirname "$(command -v mpirun || echo /usr/bin/mpirun)")")"/lib{,64,/x86_64-linux-gnu}; do
      if [[ -e $folder/libmpi_java.so ]]; then printf '%s' "$folder" && return; fi
    done
  fi
}

java_flags() { # sets flags
  local collector=(-XX:+UseParallelGC)
  # A large lattice fills the memory; what is thrown away is little, and must not be left to pile up beside it.
  if [[ -n $lattice ]]; then collector=(-XX:+UseSerialGC -XX:MaxNewSize=24m -Xms32m); fi
  flags=("${collector[@]}" -XX:ObjectAlignmentInBytes=64 -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
    -Duser.language=en -Dai.djl.offline=true -Dai.djl.pytorch.num_threads=1
    "-Dlatticelift.home=$root" "-Dlatticelift.commit=$(commit)" "-Dlatticelift.engine=$engine")
  [[ ${LATTICELIFT_HEAP:-1g} =~ ^[1-9][0-9]*[kKmMgGtT]?$ ]] || die 64 "no memory size (LATTICELIFT_HEAP=$LATTICELIFT_HEAP): \
a number with k, m, g or t is allowed. Write it such as 16g"
  local here
  here=$(ranks_here)
  if [[ -n ${LATTICELIFT_HEAP:-} ]]; then
    flags+=("-Xmx$LATTICELIFT_HEAP")
  else
    flags+=("-XX:MaxRAMPercentage=$((60 / here)).$((6000 / here % 100 / 10))")
  fi
  if ((here > 1)); then
    # Ranks that are not bound to cores of their own share them, and leave them when there are not enough.
    if (($(cores) == $(cores --all))); then flags+=("-XX:ActiveProcessorCount=$((here < $(cores) ? $(cores) / here : 1))"); fi
    if ((here > $(cores --all))); then export OMPI_MCA_mpi_yield_when_idle=${OMPI_MCA_mpi_yield_when_idle-1}; fi
  fi
  [[ -z $packaged ]] || flags+=(-Dlatticelift.packaged=true)
  [[ ! -d $app/transports ]] || flags+=("-Dlatticelift.transports=$app/transports")
  [[ ! -d $app/kernels ]] || flags+=("-Dlatticelift.kernels=$app/kernels")
  local library
  library=$(mpi_library)
  if [[ -n $library ]]; then
    flags+=("-Djava.library.path=$library:/usr/java/packages/lib:/usr/lib64:/lib64:/lib:/usr/lib")
  fi
  # The JVM would complain on stdout where it cannot use the file.
  if [[ -e $app/classes.jsa ]]; then flags+=("-XX:SharedArchiveFile=$app/classes.jsa" '-Xlog:cds*=off'); fi
  if [[ -t 2 ]]; then flags+=(-Dlatticelift.terminal=true); fi
  if has_vector_module; then
    flags+=(--add-modules jdk.incubator.vector)
  else
    say "$jdk has no module jdk.incubator.vector: the plain kernels are used, which are slower"
  fi
  local more
  read -ra more <<<"$(quiet_flags) ${LATTICELIFT_JAVA_OPTS:-}"
  flags+=("${more[@]}")
  try_flags
}

has_jars() { # has_jars FOLDER: are the jars of all modules that a command needs there?
  local module
  for module in io mpi-sim learn app; do
    compgen -G "$1/$module-[0-9]*.jar" >/dev/null || return 1
  done
}

class_path() { # class_path FOLDER: its jars, each followed by a colon; ours first, then the others by name
  local jar ours='' others=''
  for jar in "$1"/*.jar; do
    case ${jar##*/} in
      io-[0-9]* | mpi-sim-[0-9]* | learn-[0-9]* | app-[0-9]* | bench-[0-9]*) ours+=$jar: ;;
      *) others+=$jar: ;;
    esac
  done
  printf '%s' "$ours$others"
}

# The JVM's first line on stderr is always its warning of the incubating vector module. This drops that line if it is
# the first one and copies what comes after it, in a log without the training engine's warning of itself; it outlives signals, so that nothing Java says is lost.
drop_incubator_warning() {
  trap '' INT TERM HUP USR1 USR2
  local line
  if IFS= read -r line; then
    [[ $line == 'WARNING: Using incubator modules: jdk.incubator.vector' ]] || printf '%s\n' "$line"
  else
    printf '%s' "$line"
  fi
  if [[ -t 1 && $transport != mpj ]]; then exec cat; fi                # a bar is no line
  # The engine's warning of itself, and the first line again from other ranks.
  exec sed -u -e '/^WARNING: Using incubator modules: jdk\.incubator\.vector$/d' -e '/^\[W.*LegacyTypeDispatch\.h/d'
}

# The classes of a short prediction as the JVM keeps them in memory, so that a start does not read and check them again: a fifth less
# processor time of one prediction. A JVM that cannot use the file, as of another JDK or with other flags, starts as without it.
share_classes() ( # share_classes FOLDER LOG: makes FOLDER/classes.jsa, or nothing
  unset LATTICELIFT_HEAP LATTICELIFT_JAVA_OPTS JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS
  app=$1 model=$root/configs/trained/alloy-compact.h5 transport=''
  [[ -r $model ]] || exit 0
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  java_flags
  start=("$jdk/bin/java" "${flags[@]}" -cp "$(class_path "$app")")
  {
    "${start[@]}" -XX:DumpLoadedClassList="$work/classes" org.latticelift.app.Main predict "$model" --out "$work/run" --threads 1 \
      --schedule '[{anneal: {at: 2000, time_s: 1.0e-6}}, {quench: {to: 1500, time_s: 1.0e-6}}]' &&
      "${start[@]}" -Xshare:dump -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$work/classes.jsa" &&
      mv "$work/classes.jsa" "$app/classes.jsa"
  } >>"$2" 2>&1 || true
)

start_java() { # start_java MAIN_CLASS ARGS: replaces this process
  java_environment
  java_flags
  exec "$jdk/bin/java" "${flags[@]}" -cp "$classes" "$@" 2> >(drop_incubator_warning >&2)
}
