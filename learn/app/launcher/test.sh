# shellcheck shell=bash
# Sourced by latticelift: `latticelift test`.

missing_checkers() { # prints the packages of h5dump and h5py that are not there
  command -v h5dump >/dev/null || echo hdf5-tools
  /usr/bin/python3 -c 'import h5py' 2>/dev/null || echo python3-h5py # apt's Python, whichever is first on the PATH
}

can_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

announce_packages() { # what the tests install, before they do
  can_install || return 0
  local missing
  mapfile -t missing < <(missing_checkers; "$root/mpi-sim/setup-mpi" --missing)
  ((${#missing[@]})) || return 0
  say "as root, the tests first install what is missing of Debian's packages, with what these need: ${missing[*]}. \
Interrupt now if you do not want that; another user installs nothing, and skips the tests that need them"
  [[ ! -t 2 ]] || sleep 5
}

install_checkers() { # h5dump and h5py check our files from outside; without them those tests skip
  local missing
  mapfile -t missing < <(missing_checkers)
  ((${#missing[@]})) || return 0
  if can_install; then
    say "installing with apt-get, as root: ${missing[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
      >"$state/apt.log" 2>&1 && return 0
    say "could not install ${missing[*]} ($state/apt.log): the tests that need them are skipped"
  else
    say "${missing[*]} not installed: the tests that need them are skipped"
  fi
}

clock() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

# A line for each class of tests, and for every half minute in which none ends; on a terminal one line that keeps counting.
show_progress() { # reads what Maven says
  local line rest='' module='' doing='Maven starts' tests=0 failing='' every=30 told=$SECONDS
  [[ ! -t 1 ]] || every=1
  while true; do
    if IFS= read -r -t 1 line; then
      follow "$rest$line"
      rest=''
    elif (($? > 128)); then
      rest+=$line # no whole line within a second
    else
      break
    fi
    ((SECONDS - told < every)) || progress "$doing ..."
  done
  [[ ! -t 1 ]] || printf '\r\e[K'
}

progress() { # progress WHAT
  local line
  printf -v line '%6s  %-16s %5d tests  %s' "$(clock)" "$module" "$tests" "$1"
  if [[ -t 1 ]]; then printf '\r\e[K%s' "${line:0:${COLUMNS:-100}-1}"; else printf '%s\n' "$line"; fi
  told=$SECONDS
}

tell() { # tell LINE: one that stays, on a terminal too
  [[ ! -t 1 ]] || printf '\r\e[K'
  printf '%s\n' "$1"
}

follow() { # follow LINE: of Maven's output; changes what show_progress knows
  local ended='^\[[A-Z]+\] Tests run: ([0-9]+),.* Time elapsed: ([0-9.]+) s.* in (.*\.)?([^.]+)$'
  if [[ $1 =~ ^\[INFO\]\ Building\ LatticeLift\ ([a-z].*)\ [0-9][^\ ]*(\ .*)?$ ]]; then
    module=${BASH_REMATCH[1]} doing=compiling
    progress compiling
  elif [[ $1 =~ ^\[INFO\]\ Running\ (.*\.)?([^.]+)$ ]]; then
    doing=${BASH_REMATCH[2]} failing=''
    [[ ! -t 1 ]] || progress "$doing"
  elif [[ $1 =~ $ended ]]; then
    tests=$((tests + BASH_REMATCH[1])) failing='' doing='Maven goes on'
    progress "${BASH_REMATCH[4]}: ${BASH_REMATCH[1]} in ${BASH_REMATCH[2]} s"
  elif [[ $1 =~ ^\[ERROR\]\ (.*)\ --\ Time\ elapsed:.*\<\<\<\ (FAILURE|ERROR)! ]]; then
    tell "FAILED  ${BASH_REMATCH[1]}"
    failing=1
  elif [[ -n $failing && -n $1 && ! $1 =~ ^(\[|[[:space:]]+at ) ]]; then
    tell "        $1" # what the test says, without where
  fi
}

summarise() { # from surefire's reports: a line per module, the skipped tests by name, the total; fails if a test failed or none ran
  local reports
  mapfile -t reports < <(find "$root"/io "$root"/mpi-sim "$root"/learn -path '*/surefire-reports/TEST-*.xml' | sort)
  ((${#reports[@]})) || { echo '0 passed, 0 failed, 0 skipped'; return 1; }
  awk -v root="$root/" -v q="'" '
    function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
    function plain(text) { # of an attribute, on one line
      gsub(/&#10;|&#9;/, " ", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#39;|&apos;/, q, text)
      gsub(/&amp;/, "\\&", text); gsub(/  +/, " ", text); sub(/^ /, "", text)
      return length(text) > 300 ? substr(text, 1, 300) " ..." : text }
    FNR == 1 { module = substr(FILENAME, length(root) + 1); sub("/target/.*", "", module)
               if (!(module in tests)) { order[++modules] = module; tests[module] = 0 } }
    /<testsuite / { tests[module] += attribute("tests"); seconds[module] += attribute("time"); skips[module] += attribute("skipped")
                    bad[module] += attribute("errors") + attribute("failures") }
    /<testcase / { test = attribute("classname") "." attribute("name") }
    /<skipped/ { why = attribute("message")
                 if (why == "") { why = $0; sub(/.*TestAbortedException: (Assumption failed: )?/, "", why); sub(/\]\]>.*/, "", why) }
                 skipped[++skip_count] = test ": " why }
    /<failure|<error/ { report = substr(FILENAME, length(root) + 1); sub("TEST-", "", report); sub(/xml$/, "txt", report)
                        failed[++fail_count] = test ": " plain(attribute("message")) " (" report ")" }
    END {
      print ""
      for (i = 1; i <= modules; i++) { m = order[i]
        printf "%-14s %5d passed, %d failed, %d skipped (%.0f s)\n", m, tests[m] - bad[m] - skips[m], bad[m], skips[m], seconds[m]
        t += tests[m]; b += bad[m]; s += skips[m] }
      for (i = 1; i <= fail_count; i++) print "failed:  " failed[i]
      for (i = 1; i <= skip_count; i++) print "skipped: " skipped[i]
      printf "%d passed, %d failed, %d skipped\n", t - b - s, b, s
      exit b > 0
    }' "${reports[@]}"
}

has_all_modules() { # has_all_modules MAVEN ARGS: does Maven build all of the program with these?
  local word
  for word in "$@"; do
    [[ $word == -D* || $word == clean ]] || return 1
  done
}

run_tests() { # run_tests [--fast] [MAVEN ARGS]; what was tested is then the build that runs
  local groups=(-Dtest.excludedGroups=) status=0 log=$state/test.log stamp app
  if [[ ${1:-} == --fast ]]; then
    groups=()
    shift
  fi
  need_jdk
  need_maven
  lock_build
  announce_packages
  install_checkers
  "$root/mpi-sim/setup-mpi" || say 'the tests of transports that are missing are not run'
  find "$root"/io "$root"/mpi-sim "$root"/learn -path '*/target/surefire-reports' -prune -exec rm -rf {} +
  java_environment
  say "testing with JDK $jdk_version (Maven downloads about 200 MB that it does not have yet); log: $log"
  stamp=$(new_stamp)
  SECONDS=0
  if run_maven "${groups[@]}" -Dmaven.test.failure.ignore=true "$@" package 2>&1 | tee "$log" | show_progress; then
    if has_all_modules "$@"; then app=$(install_app "$stamp"); fi
  else
    say "Maven has failed ($log): it says '$(first_mistake "$log")'. Correct the cause and start again"
    status=1
  fi
  rm -f "$stamp"
  summarise || status=1
  say "$(clock) minutes${app:+; the next start runs ${app#"$root"/}}"
  return $status
}
