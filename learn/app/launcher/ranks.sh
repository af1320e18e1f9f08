# shellcheck shell=bash
# Sourced by latticelift: ranks, as seen from one of them, and how those of Open MPI are started.

is_rank() { # was this process started by mpirun or srun as one of the ranks of a job?
  [[ -n ${OMPI_COMM_WORLD_RANK:-}${PMIX_RANK:-} || ${PMI_SIZE:-1} -gt 1 ]] ||
    [[ -n ${SLURM_STEP_ID:-} && ${SLURM_STEP_NUM_TASKS:-1} -gt 1 ]]
}

ranks_here() { # how many ranks share this machine
  local tasks=${SLURM_STEP_TASKS_PER_NODE:-1} # such as 2(x4)
  if is_rank; then printf '%s' "${OMPI_COMM_WORLD_LOCAL_SIZE:-${tasks%%[(,]*}}"; else printf 1; fi
}

cores() { env -u OMP_NUM_THREADS nproc "$@"; }

given_build() { printf '%s' "${LATTICELIFT_APP:-${packaged:+$root/lib}}"; } # the one that runs as it is; none: one is made

has_transport() { # has_transport NAME: can it be used? A given build has the jars of Open MPI's, but not its library
  local jars
  jars=$(given_build)
  if [[ -z $jars ]]; then
    [[ -e $state/mpi/$1/${1/open/}.jar ]]
  else
    [[ -e $jars/transports/$1/${1/open/}.jar && (-n $(mpi_library) || $1 != openmpi) ]]
  fi
}

no_transport() { # no_transport NAME: says of a given build why it is not to be had
  if [[ ! -e $(given_build)/transports/$1 ]]; then
    printf '%s' "the build that runs ($(given_build)) has no transport $1"
  else
    printf '%s' "no libmpi_java.so beside the libraries of $(command -v mpirun || printf 'an mpirun on the PATH'), which the transport $1 needs"
  fi
}

prepare_transport() { # prepare_transport NAME: installs it if this user may; says why not and fails otherwise
  if has_transport "$1"; then return; fi
  if [[ -n $(given_build) ]]; then
    say "$(no_transport "$1")"
    return 1
  fi
  "$root/mpi-sim/setup-mpi" "$1"
}

choose_transport() { # sets transport where the command line does not: Open MPI if it can be had
  if [[ -z $transport ]]; then
    if ((ranks == 1)); then
      transport=local
    elif prepare_transport openmpi; then
      transport=openmpi
    else
      ((${SLURM_JOB_NUM_NODES:-1} == 1)) || die 69 "no Open MPI (--np $ranks on $SLURM_JOB_NUM_NODES machines): ranks of several \
machines need it. Set it up as docs/how-to/many-ranks.md says, or take one machine"
      say "no Open MPI: the $ranks ranks are threads of one process, with the same results"
      transport=local
    fi
  elif [[ $transport == openmpi || $transport == mpj ]]; then
    prepare_transport "$transport" || exit 69
  fi
}

# mpirun explains at length that a rank has ended with an exit code, which the rank itself has said in one line. By bash, line
# by line: an awk may wait for a full buffer, and what ranks say of their progress with it.
drop_explanations() {
  trap '' INT TERM HUP USR1 USR2
  local line block='' inside=''
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^-----+$ && -z $inside ]]; then
      inside=yes block=$line
    elif [[ $line =~ ^-----+$ ]]; then
      inside=''
      [[ $block =~ MPI_ABORT\ was\ invoked|(prterun|mpirun|prte)\ (has\ exited|detected|noticed) ]] || printf '%s\n' "$block" "$line"
    elif [[ -n $inside ]]; then
      block+=$'\n'$line
    else
      printf '%s\n' "$line"
    fi
  done
  if [[ -n $inside ]]; then printf '%s\n' "$block"; fi
}

start_openmpi() { # start_openmpi COMMAND...: replaces this process
  command -v mpirun >/dev/null || die 69 "no mpirun on the PATH (--transport openmpi): the one that belongs to mpi.jar. \
Install openmpi-bin, load the site's module, or use --transport local"
  local words=(mpirun -np "$ranks" --bind-to none) name
  [[ $(id -u) != 0 ]] || words+=(--allow-run-as-root)
  export LATTICELIFT_APP=$app # ranks use this build, whatever happens to the sources
  java_environment
  if ((${SLURM_JOB_NUM_NODES:-1} == 1)); then
    words+=(--oversubscribe)
    export OMPI_MCA_btl=${OMPI_MCA_btl-self,sm} # one machine: no network to probe
  else
    for name in UCX_ERROR_SIGNALS LATTICELIFT_APP LATTICELIFT_HEAP LATTICELIFT_JAVA_OPTS DJL_CACHE_DIR JAVA_HOME OMP_NUM_THREADS; do
      [[ -z ${!name+set} ]] || words+=(-x "$name")
    done
  fi
  if ((ranks > $(cores) * ${SLURM_JOB_NUM_NODES:-1})); then export OMPI_MCA_mpi_yield_when_idle=${OMPI_MCA_mpi_yield_when_idle-1}; fi
  exec "${words[@]}" "$root/latticelift" "$@" 2> >(drop_explanations >&2)
}

refuse_ranks_within_ranks() { # refuse_ranks_within_ranks OPTION
  if [[ ${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-${SLURM_PROCID:-${PMI_RANK:-0}}}} == 0 ]]; then
    die 64 "this process is a rank already ($1): either mpirun or srun starts the ranks, or --np does. Leave one out"
  fi
  sleep 1 # who ends first ends the others, perhaps before they have told
  exit 64
}
