# shellcheck shell=bash
# Sourced by latticelift, mpi-sim/setup-mpi and .ci/run: Debian's packages, installed with the consent of the user only.
# Being root is none: LATTICELIFT_INSTALL=1 (or --install, which sets it) is, or a yes at a terminal; 0 never asks.

read_consent() { # refuses other values
  [[ ${LATTICELIFT_INSTALL:-0} == [01] ]] || die 64 "no consent (LATTICELIFT_INSTALL=$LATTICELIFT_INSTALL): \
1 allows to install packages, 0 forbids to ask. Correct or unset it"
}

can_install() { ((EUID == 0)) && command -v apt-get >/dev/null; }

has_consent() { # has_consent PACKAGE...
  [[ -z ${LATTICELIFT_INSTALL:-} ]] || return $((1 - LATTICELIFT_INSTALL))
  [[ -t 0 && -t 2 ]] || return 1
  local answer
  read -r -p "latticelift: install with apt-get, as root: $* ? [y/N] " answer || answer=''
  [[ $answer == [yY]* ]] || { export LATTICELIFT_INSTALL=0 && return 1; } # asked once
}

remedy() { # remedy PACKAGE...: how to get them
  if can_install; then
    printf '%s' "'apt-get install $*', or allow it by --install"
  elif command -v apt-get >/dev/null; then
    printf '%s' "as root 'apt-get install $*'"
  else
    printf '%s' "Debian's packages, or what your system or site has in their place: $*"
  fi
}

install_packages() { # install_packages LOG PACKAGE...: fails without a word where it may not
  local told=$1
  shift
  if ! can_install || ! has_consent "$@"; then return 1; fi
  say "installing with apt-get, as you allow: $*"
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >>"$told" 2>&1 </dev/null; then
    return 0
  fi
  say "could not install $* ($told): see the log"
  return 1
}
