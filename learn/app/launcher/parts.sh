# shellcheck shell=bash
# Sourced by latticelift: all of its parts, which define functions and constants and do nothing.

# shellcheck source=learn/app/launcher/packages.sh
source "$root/learn/app/launcher/packages.sh"
# shellcheck source=learn/app/launcher/jdk.sh
source "$root/learn/app/launcher/jdk.sh"
# shellcheck source=learn/app/launcher/build.sh
source "$root/learn/app/launcher/build.sh"
# shellcheck source=learn/app/launcher/install.sh
source "$root/learn/app/launcher/install.sh"
# shellcheck source=learn/app/launcher/ranks.sh
source "$root/learn/app/launcher/ranks.sh"
# shellcheck source=learn/app/launcher/java.sh
source "$root/learn/app/launcher/java.sh"
# shellcheck source=learn/app/launcher/doctor.sh
source "$root/learn/app/launcher/doctor.sh"
# shellcheck source=learn/app/launcher/test.sh
source "$root/learn/app/launcher/test.sh"
# shellcheck source=learn/app/launcher/package.sh
source "$root/learn/app/launcher/package.sh"
# shellcheck source=learn/app/launcher/setup.sh
source "$root/learn/app/launcher/setup.sh"
