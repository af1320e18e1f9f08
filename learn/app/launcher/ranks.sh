# shellcheck shell=bash
# Sourced by latticelift: ranks, as seen from one of them, and how those of Open MPI and MPICH are started.

is_rank() { # was this process started by mpirun or srun as one of the ranks of a job?
  [[ -n ${OMPI_COMM_WORLD_RANK:-}${PMIX_RANK:-} || ${PMI_SIZE:-1} -gt 1 ]] ||
    [[ -n ${SLURM_STEP_ID:-} && ${SLURM_STEP_NUM_TASKS:-1} -gt 1 ]]
}

ranks_here() { # how many ranks share this machine
  local tasks=${SLURM_STEP_TASKS_PER_NODE:-1} # such as 2(x4)
  if is_rank; then printf '%s' "${OMPI_COMM_WORLD_LOCAL_SIZE:-${MPI_LOCALNRANKS:-${tasks%%[(,]*}}}"; else printf 1; fi
}

read_hosts() { # reads hostfile, which names the machines of ranks; sets hostfile to its whole path, and machines to their number
  [[ -f $hostfile && -r $hostfile ]] || die 66 "no such file (--hostfile $hostfile): the names of machines, a line each. Correct it"
  ((ranks > 1)) || die 64 "ranks on several machines, but not how many (--hostfile $hostfile): --np N with N > 1. Add it"
  [[ ! $transport =~ ^(local|mpj)$ ]] || die 64 "the ranks of the transport $transport share one machine (--hostfile $hostfile): ffm, openmpi. Leave one out"
  hostfile=$(readlink -f "$hostfile")
  machines=$(sed -E 's/#.*//; s/^[[:space:]]+//; s/[[:space:]:].*//; /^$/d' "$hostfile" | sort -u | wc -l)
  ((machines > 0)) || die 65 "no machines ($hostfile): a name in each line. Complete it"
}

several_machines() { [[ -n ${hostfile:-} || ${SLURM_JOB_NUM_NODES:-1} != 1 ]]; } # may ranks be elsewhere?

cores() { env -u OMP_NUM_THREADS nproc "$@"; }

given_build() { printf '%s' "${LATTICELIFT_APP:-${packaged:+$root/lib}}"; } # the one that runs as it is; none: one is made

has_transport() { # has_transport NAME: can it be used? A given build has the jars of Open MPI's, but not its library
  local jars
  jars=$(given_build)
  if [[ $1 == ffm ]]; then
    ((jdk_version >= ffm_java)) && [[ (-z $jars || -d $jars/transports/ffm) && -n $(mpi_native) ]]
  elif [[ -z $jars ]]; then
    [[ -e $state/mpi/$1/${1/open/}.jar ]]
  else
    [[ -e $jars/transports/$1/${1/open/}.jar && (-n $(mpi_library) || $1 != openmpi) ]]
  fi
}

no_transport() { # no_transport NAME: says of a given build why it is not to be had
  if [[ $1 == ffm ]] && ((jdk_version < ffm_java)); then
    printf '%s' "the transport ffm needs a JDK >= $ffm_java, and $jdk is $jdk_version: set JAVA_HOME to a newer one, or take another transport"
  elif [[ -z $(given_build) || ($1 == ffm && -e $(given_build)/transports/ffm) ]]; then
    printf '%s' "no library of MPI (that of $(mpi_starter), or LATTICELIFT_MPI_LIBRARY): Open MPI 4 or 5, MPICH, or one with the \
ABI of the standard. Install openmpi-bin, load the site's module, or take another transport"
  elif [[ ! -e $(given_build)/transports/$1 ]]; then
    printf '%s' "the build that runs ($(given_build)) has no transport $1"
  else
    printf '%s' "no libmpi_java.so beside the libraries of $(command -v mpirun || printf 'an mpirun on the PATH'), which the transport $1 needs"
  fi
}

prepare_transport() { # prepare_transport NAME: installs it if this user may; says why not and fails otherwise
  if has_transport "$1"; then return; fi
  if [[ -n $(given_build) ]] || { [[ $1 == ffm ]] && ((jdk_version < ffm_java)); }; then
    say "$(no_transport "$1")"
    return 1
  fi
  "$root/mpi-sim/setup-mpi" "$1" || return 1
  if [[ $1 == ffm && -z $(mpi_native) ]]; then
    say "$(no_transport "$1")"
    return 1
  fi
}

mpi_starter() { printf '%s' "${LATTICELIFT_MPIRUN:-mpirun}"; }

starter_kind() { # prints of which MPI the starter of ranks is: openmpi, mpich, or nothing
  case $("$(mpi_starter)" --version 2>/dev/null </dev/null) in
    *'Open MPI'*) printf openmpi ;;
    *HYDRA* | *'Intel(R) MPI'*) printf mpich ;;
  esac
}

rank_kind() { # prints which MPI has started this rank, by the variables that it has set
  if [[ -n ${OMPI_COMM_WORLD_RANK:-}${PMIX_RANK:-} ]]; then printf openmpi; elif [[ -n ${PMI_RANK:-} ]]; then printf mpich; fi
}

mpi_native() { # prints the library of MPI that belongs to the starter: beside it, or where the system looks
  if [[ -n ${LATTICELIFT_MPI_LIBRARY:-} ]]; then printf '%s' "$LATTICELIFT_MPI_LIBRARY" && return; fi
  local names name program folder places=()
  case $(if is_rank; then rank_kind; else starter_kind; fi) in
    openmpi) names='libmpi.so.40' ;;
    mpich) names='libmpich.so.12 libmpi.so.12' ;;
    *) return 0 ;;
  esac
  program=$(command -v "$(mpi_starter)" || true)
  if [[ -n $program ]]; then places=("$(dirname "$(dirname "$program")")" "$(dirname "$(dirname "$(readlink -f "$program")")")"); fi
  for name in $names libmpi_abi.so.1 libmpi_abi.so.0 libmpi_abi.so; do
    for folder in "${places[@]/%//lib}" "${places[@]/%//lib64}" "${places[@]/%//lib/x86_64-linux-gnu}"; do
      if [[ -e $folder/$name ]]; then printf '%s' "$folder/$name" && return; fi
    done
    name=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | sed -n "s/^[[:space:]]*${name//./\\.} .* => //p" | head -n 1)
    if [[ -n $name ]]; then printf '%s' "$name" && return; fi
  done
}

choose_transport() { # sets transport where the command line does not: ffm where it works, else Open MPI's if it can be had
  local wanted=openmpi
  if ((jdk_version >= ffm_java)) && [[ -z $(given_build) ]]; then wanted=ffm; fi # needs less
  if [[ -z $transport ]]; then
    if ((ranks == 1)); then
      transport=local
    elif has_transport ffm; then
      transport=ffm
    elif has_transport openmpi; then
      transport=openmpi
    elif prepare_transport "$wanted"; then
      transport=$wanted
    else
      ! several_machines || die 69 "no Open MPI (--np $ranks on ${machines:-$SLURM_JOB_NUM_NODES} machines): ranks of several \
machines need it. Set it up as docs/how-to/many-ranks.md says, or take one machine"
      say "no Open MPI: the $ranks ranks are threads of one process, with the same results"
      transport=local
    fi
  elif [[ $transport != local ]]; then
    prepare_transport "$transport" || exit 69
  fi
}

choose_as_rank() { # of a rank that this launcher has not started
  if [[ -z ${LATTICELIFT_TRANSPORT:-} ]] && has_transport ffm; then export LATTICELIFT_TRANSPORT=ffm; fi
  if [[ ${LATTICELIFT_TRANSPORT:-} == ffm ]]; then
    LATTICELIFT_MPI_LIBRARY=$(mpi_native)
    export LATTICELIFT_MPI_LIBRARY
  fi
}

# The starter explains at length that a rank has ended with an exit code, which the rank itself has said in one line. By bash, line
# by line: an awk may wait for a full buffer, and what ranks say of their progress with it.
drop_explanations() {
  trap '' INT TERM HUP USR1 USR2
  local line block='' inside=''
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ -n ${mark:-} && $line == *"$mark"* ]]; then
      : >"$ended"
      line=${line/"$mark"/}
      [[ -n $line ]] || continue
    fi
    if [[ $line =~ ^-----+$ && -z $inside ]]; then
      inside=yes block=$line
    elif [[ $line =~ ^-----+$ ]]; then
      inside=''
      if [[ -n ${mark:-} && $block =~ lost\ communication\ with\ a\ remote\ daemon ]]; then : >"$lost"; fi
      [[ $block =~ MPI_ABORT\ was\ invoked|(prterun|mpirun|prte)\ (has\ exited|detected|noticed) ]] || printf '%s\n' "$block" "$line"
    elif [[ $line == *'plm:ssh: Warning: setpgid('* ]]; then # a race within mpirun, of no consequence
      continue
    elif [[ -z $inside && $line =~ ^Abort\([0-9]+\)\ on\ node\ .*application\ called\ MPI_Abort ]]; then
      continue
    elif [[ -n $inside ]]; then
      block+=$'\n'$line
    else
      printf '%s\n' "$line"
    fi
  done
  if [[ -n $inside ]]; then printf '%s\n' "$block"; fi
}

# Hydra may end with 0 when a rank was killed, if the machine is busy; Open MPI's mpirun with 0 or 1 when it has lost a machine. So the
# first rank tells when all have ended in order: by a file, or where it may be on another machine by a line. This process waits for
# the starter, passes signals on, and takes it along when it is killed itself.
run_watched() { # run_watched WORDS: starts ranks, and ends this process as they do
  local code=0 starter name folder ended lost mark='' lead=()
  folder=$(mktemp -d -t latticelift-ranks.XXXXXXXX) # where nobody else can put a file or a link
  ended=$folder/ended lost=$folder/lost
  if several_machines; then mark=ranks-have-ended-$RANDOM$RANDOM; fi
  export LATTICELIFT_RANKS_ENDED=${mark:-$ended}
  if setpriv --pdeathsig KILL true 2>/dev/null; then lead=(setpriv --pdeathsig KILL); fi
  "${lead[@]}" "$@" <&0 2> >(drop_explanations >&2) &
  starter=$!
  for name in USR1 USR2 TERM INT HUP; do
    # shellcheck disable=SC2064 # the names of now
    trap "kill -$name $starter 2>/dev/null || true" "$name"
  done
  while kill -0 "$starter" 2>/dev/null; do wait "$starter" || true; done # a signal ends the waiting, too
  wait "$starter" || code=$?
  for name in {1..20}; do # until the lines are read
    [[ -n $mark && $code -le 1 && ! -e $ended && ! -e $lost ]] || break
    sleep 0.1
  done
  if [[ ($code == 0 || ($code == 1 && -e $lost)) && ! -e $ended ]]; then
    printf 'latticelift: a rank has ended before its time, or its machine is lost, and the others with it\n' >&2
    code=69
  fi
  rm -rf "$folder"
  exit "$code"
}

# A machine that is cut off says nothing, and TCP waits a quarter of an hour for it. Every machine has a connection of Open MPI's own
# to the starter; the systems at its ends are to ask each other whether they are there. They answer however busy ranks are.
watch_machines() {
  local seconds=${LATTICELIFT_HOST_TIMEOUT:-20} pause version
  [[ $seconds =~ ^(0|[4-9]|[1-9][0-9]{1,4})$ ]] || die 64 "no time (LATTICELIFT_HOST_TIMEOUT=$seconds): whole seconds from 4, or 0 for that of \
Open MPI itself. Correct it"
  if ((seconds == 0)); then return; fi
  pause=$((seconds / 4))
  for version in PRTE OMPI; do # of Open MPI 5, of Open MPI 4
    export "${version}_MCA_oob_tcp_keepalive_time=$((seconds - 2 * pause))" "${version}_MCA_oob_tcp_keepalive_intvl=$pause" \
      "${version}_MCA_oob_tcp_keepalive_probes=2"
  done
}

start_ranks() { # start_ranks COMMAND...: replaces this process by the starter of ranks
  local starter=mpirun kind=openmpi words name
  if [[ $transport == ffm ]]; then
    starter=$(mpi_starter) kind=$(starter_kind)
    LATTICELIFT_MPI_LIBRARY=$(mpi_native)
    export LATTICELIFT_MPI_LIBRARY
  fi
  command -v "$starter" >/dev/null || die 69 "no $starter on the PATH (--transport $transport): the one that belongs to the library of MPI. \
Install openmpi-bin, load the site's module, or use --transport local"
  export LATTICELIFT_TRANSPORT=$transport LATTICELIFT_APP=$app # ranks use this build, whatever happens to the sources
  java_environment
  words=("$starter" -np "$ranks")
  case $kind in
    openmpi)
      words+=(--bind-to none)
      [[ $(id -u) != 0 ]] || words+=(--allow-run-as-root)
      if ! several_machines; then
        words+=(--oversubscribe)
        export OMPI_MCA_btl=${OMPI_MCA_btl-self,sm} # one machine: no network to probe
      else
        for name in UCX_ERROR_SIGNALS LATTICELIFT_TRANSPORT LATTICELIFT_MPI_LIBRARY LATTICELIFT_APP LATTICELIFT_HEAP LATTICELIFT_JAVA_OPTS \
          LATTICELIFT_RANKS_ENDED DJL_CACHE_DIR JAVA_HOME OMP_NUM_THREADS; do
          [[ $name != LATTICELIFT_RANKS_ENDED && -z ${!name+set} ]] || words+=(-x "$name")
        done
        [[ -z $hostfile ]] || words+=(--hostfile "$hostfile")
        watch_machines
      fi
      if ((ranks > $(cores) * ${machines:-${SLURM_JOB_NUM_NODES:-1}})); then export OMPI_MCA_mpi_yield_when_idle=${OMPI_MCA_mpi_yield_when_idle-1}; fi
      ;;
    mpich) # passes the environment on by itself
      [[ -z $hostfile ]] || words+=(-f "$hostfile")
      several_machines || setpriv --pdeathsig KILL true 2>/dev/null || die 69 "no setpriv --pdeathsig (util-linux), which ranks of MPICH need: install a newer util-linux"
      ;;
    *) die 69 "the starter of ranks is of no MPI that is known ($starter --version): Open MPI or MPICH. Put another one first on the PATH, or set LATTICELIFT_MPIRUN" ;;
  esac
  words+=("$root/latticelift" "$@")
  if [[ $kind == mpich ]] || several_machines; then run_watched "${words[@]}"; fi
  exec "${words[@]}" 2> >(drop_explanations >&2)
}

refuse_ranks_within_ranks() { # refuse_ranks_within_ranks OPTION
  if [[ ${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-${SLURM_PROCID:-${PMI_RANK:-0}}}} == 0 ]]; then
    die 64 "this process is a rank already ($1): either mpirun or srun starts the ranks, or --np does. Leave one out"
  fi
  sleep 1 # who ends first ends the others, perhaps before they have told
  exit 64
}
